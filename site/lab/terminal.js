// Text as a terminal shows it.

// A cell that prints without end must not fill the page.
const MOST_TEXT = 400_000;

// A text with more written after it, as a terminal would show it: a carriage return goes back to the start of the line.
export function written(before, more) {
  const start = before.lastIndexOf("\n") + 1;
  const lines = (before.slice(start) + more).replaceAll("\r\n", "\n").split("\n");
  const shown = lines.map((line, place) => overwritten(line, place === lines.length - 1));
  const text = before.slice(0, start) + shown.join("\n");
  return text.length > MOST_TEXT ? `… \n${text.slice(-MOST_TEXT / 2)}` : text;
}

function overwritten(line, isLast) {
  if (!line.includes("\r")) return line;
  // A return at the very end waits for what overwrites it.
  const waits = isLast && line.endsWith("\r");
  const parts = (waits ? line.slice(0, -1) : line).split("\r");
  const shown = parts.reduce((whole, part) => part + whole.slice(part.length), "");
  return waits ? `${shown}\r` : shown;
}
