// A notebook file as values: what a student's work is in it, and the same work in another copy. Nothing here touches the page.

// Cells that the course wrote and that have no name of their own are called by a digest of their text.
const THE_COURSES_OWN = /^[0-9a-f]{8}-\d+$/;

export class NotebookError extends Error {}

// The notebook of a text, each source one string. Throws NotebookError where it is none.
export function read(text) {
  let notebook;
  try {
    notebook = JSON.parse(text);
  } catch {
    throw new NotebookError("unreadable");
  }
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells)) throw new NotebookError("unreadable");
  const cells = notebook.cells
    .filter((cell) => ["code", "markdown", "raw"].includes(cell?.cell_type))
    .map((cell) => ({ ...cell, metadata: cell.metadata ?? {}, source: joined(cell.source) }));
  return { ...notebook, metadata: notebook.metadata ?? {}, cells };
}

// The text of a notebook file, as Jupyter writes it: nbformat 4.5, sources as lists of lines.
export function write(notebook) {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code"
      ? { ...cell, source: lines(cell.source), execution_count: cell.execution_count ?? null, outputs: (cell.outputs ?? []).map(written) }
      : { ...cell, source: lines(cell.source) },
  );
  return JSON.stringify({ ...notebook, cells, nbformat: 4, nbformat_minor: 5 }, null, 1) + "\n";
}

const joined = (source) => (Array.isArray(source) ? source.filter((part) => typeof part === "string").join("") : String(source ?? ""));
const lines = (source) => source.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function written(output) {
  if (output.output_type === "stream") return { ...output, text: lines(joined(output.text)) };
  if (output.data) return { metadata: {}, ...output, data: Object.fromEntries(Object.entries(output.data).map(([kind, text]) => [kind, kind.startsWith("text/") ? lines(joined(text)) : text])) };
  return output;
}

export const lessonOf = (notebook) => notebook.metadata.nn_by_hand?.lesson ?? null;
export const isLocked = (cell) => cell.metadata.editable === false;
export const isAdded = (cell) => cell.metadata.nn_by_hand?.added === true;
// The exercise whose function the student writes in a cell, or whose check it is; null for any other cell.
export const exerciseOf = (cell) => gradeId(cell)?.replace(/^check_/, "") ?? null;
export const isCheck = (cell) => cell.metadata.nbgrader?.grade === true && cell.cell_type === "code" && isLocked(cell);
export const pointsOf = (cell) => cell.metadata.nbgrader?.points ?? 0;
const gradeId = (cell) => cell.metadata.nbgrader?.grade_id ?? null;

export function added(source = "", kind = "code") {
  const cell = { cell_type: kind, id: `added-${crypto.randomUUID().slice(0, 8)}`, metadata: { nn_by_hand: { added: true } }, source };
  return kind === "code" ? { ...cell, execution_count: null, outputs: [] } : cell;
}

// What the check cell of an exercise last gave: a number of points, or null.
export function earned(cell) {
  const shown = (cell.outputs ?? []).findLast((output) => output.output_type === "execute_result");
  const points = Number.parseFloat(joined(shown?.data?.["text/plain"] ?? ""));
  return Number.isFinite(points) ? points : null;
}

// Our notebook with the work of another: an older copy, one from Jupyter, one of these functions written elsewhere.
// Locked cells stay ours; cells that somebody added come after the cell they stood under. `edited` are the ids of the cells that hold
// work where that is known: any other keeps our text, which may be newer or in another language.
export function carried(ours, theirs, edited = null) {
  const used = new Set();
  const cells = ours.cells.map((cell) => {
    const match = isLocked(cell) ? sameCell(cell, theirs) : counterpart(cell, theirs);
    if (!match) return { ...cell };
    used.add(match);
    if (isLocked(cell)) return { ...cell, outputs: match.outputs ?? [], execution_count: match.execution_count ?? null };
    const source = edited?.includes(cell.id) === false ? cell.source : match.source;
    return { ...cell, source, ...(cell.cell_type === "code" && { outputs: match.outputs ?? [], execution_count: match.execution_count ?? null }) };
  });
  return { ...ours, cells: withAdded(cells, theirs, used, ours) };
}

// The ids of the cells of `notebook` that say something else than ours.
export function edited(ours, notebook) {
  const before = new Map(ours.cells.map((cell) => [cell.id, cell.source]));
  return notebook.cells.filter((cell) => before.has(cell.id) && before.get(cell.id) !== cell.source).map((cell) => cell.id);
}

const sameCell = (cell, notebook) => notebook.cells.find((other) => other.id === cell.id && other.cell_type === cell.cell_type);

function counterpart(cell, notebook) {
  // A text is ours, but for answers that a student writes.
  if (cell.cell_type !== "code") return gradeId(cell) ? notebook.cells.find((other) => gradeId(other) === gradeId(cell)) : undefined;
  const name = exerciseOf(cell);
  if (name === null) return sameCell(cell, notebook);
  const defines = new RegExp(`^def\\s+${name}\\s*\\(`, "m");
  const code = notebook.cells.filter((other) => other.cell_type === "code");
  return code.find((other) => gradeId(other) === gradeId(cell)) ?? code.findLast((other) => defines.test(other.source));
}

function withAdded(cells, theirs, used, ours) {
  const known = new Set(ours.cells.map((cell) => cell.id));
  const result = [...cells];
  let before = null;
  for (const cell of theirs.cells) {
    const place = result.find((other) => other.id === cell.id);
    if (used.has(cell) || place) {
      before = cell.id && place ? cell.id : before;
      continue;
    }
    const own = cell.cell_type === "code" && cell.source.trim() && !known.has(cell.id) && !THE_COURSES_OWN.test(cell.id ?? "");
    if (!own && !isAdded(cell)) continue;
    const mine = isAdded(cell) ? { ...cell } : { ...added(cell.source, cell.cell_type), outputs: cell.outputs ?? [] };
    const at = before === null ? result.length : result.findIndex((other) => other.id === before) + 1;
    result.splice(at, 0, mine);
    before = mine.id;
  }
  return result;
}
