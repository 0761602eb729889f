import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { runnerImport } from 'vite'

/** Facts for those who only call or show, without the code that holds them. A channel's `about` is for the documentation only. */
const TOLD = {
  /** Method and path of every route, read off the contract. */
  'src/contract-routes.ts': ['contract', (contract) => Object.fromEntries(Object.entries(contract).map(routeOf))],
  'src/channels-told.js': ['channelsTold', (channels) => channels.map(({ about: _, ...channel }) => channel)],
  'src/kinds-told.js': ['plainProperties', (kinds) => kinds],
}

/** What a build puts in the place of these files. Of the contract only what is called from `callers`, if they are named: a browser need not know the rest. */
export function contractRoutes(root, callers) {
  return {
    name: 'contract-routes',
    async load(id) {
      const told = TOLD[relative(root, id)]
      if (!told) return undefined
      const [name, factsOf] = told
      const { module } = await runnerImport(id)
      const facts = factsOf(module[name])
      if (name === 'contract' && callers) return `export const contract = ${tersely(calledFrom(callers, facts))}`
      return `export const ${name} = ${JSON.stringify(facts)}`
    },
  }
}

function calledFrom(folder, routes) {
  const called = new Set()
  for (const file of readdirSync(folder, { recursive: true }))
    if (/\.tsx?$/.test(file))
      for (const [, name] of readFileSync(join(folder, file), 'utf8').matchAll(/\bapi\s*\.\s*(\w+)/g)) called.add(name)
  return Object.fromEntries(Object.entries(routes).filter(([name]) => called.has(name)))
}

/** One line each, like ones beside each other: what a browser fetches before anything else is small. */
function tersely(routes) {
  const lines = Object.entries(routes).map(([name, { method, path, body }]) => `${path} ${method} ${name}${body ? ' 1' : ''}`)
  return `Object.fromEntries(${JSON.stringify(lines.sort().join('\n'))}.split('\\n').map((line) => {
    const [path, method, name, body] = line.split(' ')
    return [name, { method, path, body }]
  }))`
}

function routeOf([name, { method, path, body }]) {
  return [name, { method, path, ...(body !== undefined && { body: true }) }]
}
