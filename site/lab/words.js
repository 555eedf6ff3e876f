// The words of the page in its language, and what the builder says of the lesson.

const block = (id) => JSON.parse(document.getElementById(id).textContent);

export const words = () => block("words");
export const config = () => block("config");

// "Cell {number}" with its gaps filled.
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
