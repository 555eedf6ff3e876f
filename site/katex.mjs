// One line of JSON in, {tex, display}, one line out: {html}, or {error} where KaTeX cannot read the formula.
import { createInterface } from "node:readline";
import katex from "katex";

function rendered({ tex, display }) {
  try {
    return { html: katex.renderToString(tex, { displayMode: display, throwOnError: true, strict: "ignore" }) };
  } catch (error) {
    return { error: String(error.message) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(rendered(JSON.parse(line))) + "\n");
}
