// Where unsent messages survive a reload: one IndexedDB table, shared by the tabs of this browser.

const DATABASE = 'parley';
const TABLE = 'outbox';

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(TABLE, { keyPath: 'clientId' }).createIndex('userId', 'userId');
  };
  return done(request);
}

/** Entries by user. Without IndexedDB (some private windows) they live in memory and end with the page. */
export async function openOutboxStore() {
  let database;
  try {
    database = await open();
  } catch {
    return memoryStore();
  }
  const table = (mode) => database.transaction(TABLE, mode).objectStore(TABLE);
  return {
    all: (userId) => done(table('readonly').index('userId').getAll(userId)),
    put: (entry) => done(table('readwrite').put(entry)),
    delete: (clientId) => done(table('readwrite').delete(clientId)),
  };
}

/** The same, in memory; also what tests use. */
export function memoryStore(entries = new Map()) {
  return {
    all: async (userId) => [...entries.values()].filter((entry) => entry.userId === userId),
    put: async (entry) => { entries.set(entry.clientId, { ...entry }); },
    delete: async (clientId) => { entries.delete(clientId); },
  };
}
