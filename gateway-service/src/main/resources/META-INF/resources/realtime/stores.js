const ENTRIES = "entries";

/** Keeps entries in order in memory; they end with the page. */
export class MemoryStore {
  #entries = new Map();
  #last = 0;

  async add(entry) {
    const key = ++this.#last;
    this.#entries.set(key, { ...entry, key });
    return key;
  }

  async put(entry) {
    this.#entries.set(entry.key, entry);
  }

  async delete(key) {
    this.#entries.delete(key);
  }

  /** Entries behind a key, in order. */
  async after(key) {
    return [...this.#entries.values()].filter((entry) => entry.key > key).map((entry) => ({ ...entry }));
  }

  close() {}
}

/** Keeps entries in IndexedDB, in the order in which all tabs added them; they survive the page. */
export class IndexedStore {
  #database;

  constructor(indexedDB, name) {
    this.#database = new Promise((resolve, reject) => {
      const opening = indexedDB.open(`realtime-outbox-${name}`, 1);
      opening.onupgradeneeded = () =>
        opening.result.createObjectStore(ENTRIES, { keyPath: "key", autoIncrement: true });
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
  }

  add(entry) {
    return this.#do("readwrite", (entries) => entries.add(entry));
  }

  put(entry) {
    return this.#do("readwrite", (entries) => entries.put(entry));
  }

  delete(key) {
    return this.#do("readwrite", (entries) => entries.delete(key));
  }

  after(key) {
    return this.#do("readonly", (entries) => entries.getAll(IDBKeyRange.lowerBound(key, true)));
  }

  close() {
    this.#database.then((database) => database.close(), () => undefined);
  }

  /** Resolves when the transaction is complete: what is said to be kept is kept. */
  async #do(mode, operation) {
    const database = await this.#database;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(ENTRIES, mode, { durability: "strict" });
      const request = operation(transaction.objectStore(ENTRIES));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}
