// What a cell shows, as Jupyter's outputs and as elements of the page.
import DOMPurify from "dompurify";
import { written } from "./terminal.js";

const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]/g;
const SHOWN = ["text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png", "image/jpeg", "text/plain"];

// The outputs of a cell with one more message of the kernel; streams of one kind are one output.
export function withMessage(outputs, { kind, ...content }) {
  const last = outputs.at(-1);
  if (kind === "stream" && last?.output_type === "stream" && last.name === content.name)
    return [...outputs.slice(0, -1), { ...last, text: written(last.text, content.text) }];
  if (kind === "stream") return [...outputs, { output_type: "stream", name: content.name, text: written("", content.text) }];
  if (["display_data", "execute_result", "error"].includes(kind)) return [...outputs, { output_type: kind, ...content }];
  return outputs;
}

export function element(output, words) {
  if (output.output_type === "stream") return made("pre", `output ${output.name}`, plain(output.text));
  if (output.output_type === "error") return made("pre", "output error", plain((output.traceback ?? [`${output.ename}: ${output.evalue}`]).join("\n")));
  const kind = SHOWN.find((each) => output.data?.[each] !== undefined);
  const value = [output.data?.[kind]].flat().join("");
  if (kind === "text/html" || kind === "image/svg+xml") return rich(value, kind === "image/svg+xml" ? words.figure : "");
  if (kind === "text/markdown" || kind === "text/latex") return later(value, kind);
  if (kind?.startsWith("image/")) return image(kind, value, words.figure);
  return made("pre", "output", plain(value));
}

const plain = (text) => [text].flat().join("").replace(ESCAPES, "").replace(/\r$/, "");

function made(tag, name, text = "") {
  const node = document.createElement(tag);
  node.className = name;
  node.textContent = text;
  return node;
}

// HTML of a check or of a student's own: without scripts, forms and anything that would be fetched.
function rich(html, label) {
  const node = made("div", "output");
  node.append(cleaned(html));
  if (label) Object.assign(node, { role: "img", ariaLabel: label });
  return node;
}

const FORBIDDEN = {
  FORBID_TAGS: ["style", "form", "input", "button", "iframe", "video", "audio"],
  FORBID_ATTR: ["id", "name", "srcset", "background"],
};

DOMPurify.addHook("afterSanitizeAttributes", (node) => {
  if (node.hasAttribute("src") && !node.getAttribute("src").startsWith("data:")) node.removeAttribute("src");
  if (/url\s*\(/i.test(node.getAttribute("style") ?? "")) node.removeAttribute("style");
});

const cleaned = (html) => DOMPurify.sanitize(html, { ...FORBIDDEN, RETURN_DOM_FRAGMENT: true });

function image(kind, base64, label) {
  const node = made("div", "output");
  const picture = document.createElement("img");
  Object.assign(picture, { src: `data:${kind};base64,${base64.trim()}`, alt: label });
  node.append(picture);
  return node;
}

// Markdown with formulas needs a library of its own, which comes when the first is shown.
function later(text, kind) {
  const node = made("div", "output text", plain(text));
  import("./markdown.js").then(({ render }) => node.replaceChildren(cleaned(render(text, kind))));
  return node;
}
