/** What a JSON schema says of a plain value: a text, a number, on or off, or one of a few. */
export interface PlainSchema {
  type?: string
  enum?: readonly string[]
  minimum?: number
  maximum?: number
  default?: unknown
}

export declare const plainProperties: Record<string, Record<string, PlainSchema>>
