// Counts the lines of TypeScript in src/ that are not tests, by place: `node tools/lines.mjs`, or of another tree: `node tools/lines.mjs ../other`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(process.argv[2] ?? '.', 'src')
const sums = new Map()
for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
  if (!/\.tsx?$/.test(name) || /\.test\.tsx?$/.test(name)) continue
  const place = /^(modules\/[^/]+|[^/]+(?=\/)|)/.exec(name)[0] || 'src'
  const lines = readFileSync(join(root, name), 'utf8').split('\n').length - 1
  for (const key of [place, 'all']) sums.set(key, (sums.get(key) ?? 0) + lines)
}
for (const [place, lines] of [...sums].sort((a, b) => a[1] - b[1])) console.log(`${String(lines).padStart(7)}  ${place}`)
