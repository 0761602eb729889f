/** Where a secret stands that a document needs: a document never holds one in the open. */
export type SecretReference = { env: string } | { file: string } | { sealed: string }

/** Variables that may hold a secret for documents. Those of Tocsin itself are none of theirs. */
export const SECRET_VARIABLE = /^TOCSIN_SECRET_(?!KEY_FILE$)[A-Z0-9_]+$/
