interface Schema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  description?: string
  default?: unknown
  format?: string
}

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  'x-permission'?: string
  parameters: { name: string; in: string; required: boolean; description?: string; schema: Schema }[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
  responses: Record<string, { description: string; content: { 'application/json': { schema: Schema } } }>
}

/** An OpenAPI document of ours as a page of Markdown: a chapter for each noun, its routes in order. */
export function apiReference(document: Record<string, unknown>, introduction: string[]): string {
  const paths = document['paths'] as Record<string, Record<string, Operation>>
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ title: `${method.toUpperCase()} ${path}`, operation })),
  )
  const tags = [...new Set(operations.map(({ operation }) => operation.tags[0]!))]
  const lines = [
    ...introduction,
    '',
    ...tags.flatMap((tag) => [
      `## ${tag}`,
      '',
      ...operations.filter(({ operation }) => operation.tags[0] === tag).flatMap(({ title, operation }) => chapter(title, operation)),
    ]),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

function chapter(title: string, operation: Operation): string[] {
  const [success, ...refusals] = Object.entries(operation.responses).sort(([a], [b]) => Number(a) - Number(b))
  const body = operation.requestBody?.content['application/json'].schema
  const reply = success![1].content['application/json'].schema
  return [
    `### ${title}`,
    '',
    operation.summary,
    `Permission: \`${operation['x-permission'] ?? 'public'}\`.`,
    '',
    ...table(
      operation.parameters.map(({ name, in: where, required, description, schema }) => ({
        name: `${where === 'path' ? `{${name}}` : `?${name}`}`,
        schema,
        required,
        description,
      })),
    ),
    ...fields('Body', body),
    ...fields(`Answers ${success![0]}`, reply),
    ...(refusals.length > 0
      ? [`Refuses: ${refusals.map(([status, { description }]) => `${status} ${namesIn(description)}`).join(' · ')}`, '']
      : []),
  ]
}

/** `Refused: not-found, bad-cursor.` without its frame. */
function namesIn(description: string): string {
  return description.replace(/^Refused: /, '').replace(/\.$/, '')
}

function fields(title: string, schema: Schema | undefined): string[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schema
  const rows = Object.entries(properties).map(([name, property]) => ({
    name,
    schema: property,
    required: required.includes(name),
    description: property.description,
  }))
  if (rows.length === 0) return schema.type === 'object' && !schema.additionalProperties ? [] : [`${title}: ${typeOf(schema)}.`, '']
  return [`${title}:`, '', ...table(rows)]
}

function table(rows: { name: string; schema: Schema; required: boolean; description: string | undefined }[]): string[] {
  if (rows.length === 0) return []
  return [
    '| | | |',
    '|---|---|---|',
    ...rows.map(({ name, schema, required, description }) => {
      const preset = schema.default === undefined ? '' : ` Unless said: \`${JSON.stringify(schema.default)}\`.`
      const optional = required || schema.default !== undefined ? '' : ', optional'
      return `| \`${name}\` | ${typeOf(schema)}${optional} | ${`${description ?? ''}${preset}`.trim().replaceAll('|', '\\|')} |`
    }),
    '',
  ]
}

/** `text`, `whole number`, `list of text`, `"open" or "ended"`: as a person would say it. */
function typeOf(schema: Schema): string {
  const either = schema.anyOf ?? schema.oneOf
  if (either) return [...new Set(either.map(typeOf))].join(' or ')
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ')
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' or ')
  switch (schema.type) {
    case 'array':
      return `list of ${schema.items?.properties ? `{ ${Object.keys(schema.items.properties).join(', ')} }` : typeOf(schema.items ?? {})}`
    case 'object':
      return schema.properties ? `{ ${Object.keys(schema.properties).join(', ')} }` : 'object'
    case 'integer':
      return 'whole number'
    case 'boolean':
      return 'true or false'
    case 'null':
      return 'null'
    case 'string':
      return schema.format === 'date-time' ? 'moment' : 'text'
    case undefined:
      return 'anything'
    default:
      return schema.type
  }
}
