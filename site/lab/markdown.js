// Markdown with formulas, as a notebook shows it: hints, and the texts that somebody adds to a lesson.
import katex from "katex";
import MarkdownIt from "markdown-it";

const FORMULA = /\$\$([\s\S]+?)\$\$|\$([^\s$](?:[^$\n]*[^\s$\\])?)\$/g;

const markdown = new MarkdownIt({ html: true, linkify: false });

export function render(text, kind) {
  if (kind === "text/latex") return formulas(text);
  // Formulas are put aside, so that no underscore of theirs becomes emphasis; code keeps its dollars.
  const aside = [];
  const parts = text.split(/(```[\s\S]*?```|`[^`\n]*`)/);
  const marked = parts.map((part, place) => (place % 2 ? part : part.replace(FORMULA, (formula) => `\u0001${aside.push(formula) - 1}\u0002`))).join("");
  return markdown.render(marked).replace(/\u0001(\d+)\u0002/g, (_all, number) => formulas(aside[Number(number)]));
}

const formulas = (text) =>
  text.replace(FORMULA, (_all, display, inline) => katex.renderToString(display ?? inline, { displayMode: display !== undefined, throwOnError: false }));
