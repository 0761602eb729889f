import { run } from './cli/run.ts'

/** The program: `bin/tocsin.js` builds it when it is stale and calls this. Answers the exit code; `serve` keeps running. */
export async function main(argv: string[], places: { root: string }): Promise<number> {
  return run(argv, places)
}
