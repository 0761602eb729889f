export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres.ts'
export { endEverything } from './last-resort.ts'
export { EmbeddedPostgresRefusal } from './refusal.ts'
