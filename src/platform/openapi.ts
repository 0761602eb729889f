import { z } from 'zod'
import type { Contract, Route } from './contract.ts'
import type { RawRoute } from './http.ts'

export function openApiRoute(contract: Contract, version: string): RawRoute {
  const document = JSON.stringify(openApi(contract, { title: 'Tocsin', version, description: 'Incident management you host yourself.' }))
  return {
    ...{ method: 'GET', path: '/openapi.json', permission: 'public' },
    handle: async () => ({ status: 200, body: document, headers: { 'content-type': 'application/json' } }),
  }
}

/** The contract as an OpenAPI 3.1 document. */
export function openApi(contract: Contract, info: { title: string; version: string; description: string }): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, route] of Object.entries(contract)) {
    const path = `/api/v1${route.path}`
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = operation(name, route)
  }
  return {
    openapi: '3.1.0',
    info: { ...info, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    tags: [...new Set(Object.values(contract).map(tagOf))].map((tag) => ({ name: tag })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'tocsin_session' },
      },
      schemas: {
        Refusal: {
          type: 'object',
          required: ['refusal', 'message'],
          properties: {
            refusal: { type: 'string', description: 'The name of the refusal; stable.' },
            message: { type: 'string', description: 'A sentence that tells the mend.' },
            issues: {
              type: 'array',
              items: {
                type: 'object',
                required: ['path', 'message'],
                properties: { path: { type: 'string' }, message: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  }
}

function operation(name: string, route: Route): Record<string, unknown> {
  const refusals: Record<number, string[]> = {
    400: ['invalid'],
    ...(route.permission === 'public' ? {} : { 401: ['not-signed-in'], 403: ['not-allowed'] }),
  }
  for (const [refusal, status] of Object.entries(route.refusals)) refusals[status] = [...new Set([...(refusals[status] ?? []), refusal])]
  return {
    operationId: name,
    summary: route.summary,
    tags: [tagOf(route)],
    ...(route.permission === 'public' ? { security: [] } : { 'x-permission': route.permission }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } }),
    responses: {
      [route.status ?? 200]: { description: 'Done.', content: { 'application/json': { schema: schemaOf(route.reply, 'output') } } },
      ...Object.fromEntries(
        Object.entries(refusals).map(([status, names]) => [
          status,
          {
            description: `Refused: ${names.join(', ')}.`,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
          },
        ]),
      ),
    },
  }
}

function tagOf(route: Route): string {
  return route.path.split('/')[1] ?? 'api'
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): unknown[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Record<string, unknown>>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property
    return { name, in: where, required: where === 'path' || required.includes(name), ...(description ? { description } : {}), schema: rest }
  })
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}
