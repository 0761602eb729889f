import pg from 'pg'
import type { PlanNode } from './plan.ts'
import type { Recorded, Sample } from './recorded.ts'

/** How a statement is planned: in a transaction once for all values; alone by its values, until a plan for all looks as good. */
export type Mode = Recorded['within'][number]

/** PostgreSQL tries so many plans by their values before it considers one for all. */
const TRIALS = 6

export interface Explainer {
  /** Plans statements now, as the product's connection does, so that what is kept of it is made of today's statistics. */
  prepare(statement: Recorded, mode: Mode): Promise<void>
  /** Runs one asking, takes back what it did, and answers its plan; undefined for one that the data refuses. */
  explain(statement: Recorded, mode: Mode, sample: Sample): Promise<PlanNode>
  end(): Promise<void>
}

/** One connection a mode, set up as the product's are: `settings` are those its sessions bring along. */
export async function openExplainer(
  config: pg.ClientConfig,
  settings: Record<string, string>,
  translate: (text: string) => string,
): Promise<Explainer> {
  const open = async (mode: Mode) => {
    const client = new pg.Client(config)
    await client.connect()
    for (const [name, value] of Object.entries(settings)) await client.query(`select set_config($1, $2, false)`, [name, value])
    await client.query(
      `set statement_timeout = 0; set idle_in_transaction_session_timeout = 0${mode === 'transaction' ? `; ${IN_TRANSACTIONS}` : ''}`,
    )
    return client
  }
  const clients = { transaction: await open('transaction'), alone: await open('alone') }
  const names = new Map<string, string>()
  const nameOf = (text: string) => names.get(text) ?? names.set(text, `t${names.size}`).get(text)!
  const call = (text: string, sample: Sample) =>
    `execute ${nameOf(text)}${sample.length === 0 ? '' : `(${sample.map((value) => literal(value, translate)).join(', ')})`}`

  return {
    async prepare({ text, samples }, mode) {
      const client = clients[mode]
      await client.query(`prepare ${nameOf(text)} as ${text}`)
      for (let i = 0; i < (mode === 'transaction' ? 1 : TRIALS); i++)
        await client.query(`explain ${call(text, samples[i % samples.length]!)}`)
    },
    async explain({ text }, mode, sample) {
      const client = clients[mode]
      const explained = async (how: string) => {
        await client.query('begin')
        try {
          const { rows } = await client.query(`explain (${how}, format json) ${call(text, sample)}`)
          return (rows[0]!['QUERY PLAN'] as { Plan: PlanNode }[])[0]!.Plan
        } finally {
          await client.query('rollback')
        }
      }
      try {
        return await explained('analyze, buffers, timing off')
      } catch (error) {
        // What is there already, say: then the plan alone has to do.
        if (!/^2[23]/.test((error as { code?: string }).code ?? '')) throw error
        return await explained('costs')
      }
    },
    async end() {
      await Promise.all(Object.values(clients).map((client) => client.end()))
    },
  }
}

/** As src/platform/db.ts begins its transactions. */
const IN_TRANSACTIONS = 'set plan_cache_mode = force_generic_plan'

/** How many things a statement is asked about: entries of its lists. */
export function askedAbout(sample: Sample): number {
  return sample.reduce<number>((sum, value) => {
    if (Array.isArray(value)) return sum + value.length
    if (typeof value !== 'string' || !value.startsWith('[')) return sum
    try {
      return sum + (JSON.parse(value) as unknown[]).length
    } catch {
      return sum
    }
  }, 0)
}

function literal(value: unknown, translate: (text: string) => string): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value))
    return pg.escapeLiteral(`{${value.map((one) => (one === null ? 'NULL' : JSON.stringify(translate(String(one))))).join(',')}}`)
  if (typeof value === 'object') return `'\\x${(value as { hex: string }).hex}'`
  return pg.escapeLiteral(translate(String(value)))
}
