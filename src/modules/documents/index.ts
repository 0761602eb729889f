export { createDocuments, type Documents, writeDocuments } from './actions.ts'
export { type Document, type Kind, NAME, NAME_RULE, type Origin, type Reference, type Snapshot, snapshotOf } from './document.ts'
export { type NewVersion, readHistory } from './store.ts'
