// A student's work in the browser's own database: one record a lesson, {notebook, edited: [id of a cell], points: {exercise: [got, most]}, saved}.

export class Store {
  constructor(course) {
    this.name = `nn-by-hand/${course}`;
  }

  // Throws where the browser keeps nothing, as in some private windows.
  async open() {
    this.database = await new Promise((resolve, reject) => {
      const asked = indexedDB.open(this.name, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("work");
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
      asked.onblocked = () => reject(new Error("blocked"));
    });
    return this;
  }

  get(lesson) {
    return this.done("readonly", (work) => work.get(lesson));
  }

  put(lesson, record) {
    return this.done("readwrite", (work) => work.put(record, lesson));
  }

  // {lesson: points} of every lesson that was begun.
  async progress() {
    const [names, records] = await Promise.all([this.done("readonly", (work) => work.getAllKeys()), this.done("readonly", (work) => work.getAll())]);
    return Object.fromEntries(names.map((name, place) => [name, records[place].points ?? {}]));
  }

  done(mode, ask) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction("work", mode);
      const request = ask(transaction.objectStore("work"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }
}
