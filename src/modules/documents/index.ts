export { createDocuments, type Documents, moveDocuments, writeDocuments } from './actions.ts'
export { authorOf, originOf } from './caller.ts'
export { type Document, type Kind, NAME, NAME_RULE, type Origin, type Reference, type Snapshot, snapshotOf } from './document.ts'
export {
  asGroup,
  calledAs,
  type Finding,
  type Path,
  type Vocabulary,
  type WrittenKind,
  type Wrong,
} from './kind.ts'
export { byName, pageOf } from './listing.ts'
export { mendFor, nearest } from './nearest.ts'
export { findingsOf, keysAt } from './schema.ts'
export { forgetDocuments, type NewVersion, readDemoObjects, readHistory, readNamesEver } from './store.ts'
