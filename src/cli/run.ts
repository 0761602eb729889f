import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { readSettings } from '../platform/settings.ts'
import { isStartRefusal, serve } from '../serve.ts'

/** Runs one command line. Exit codes: 0 ok, 1 failed, 2 usage or setting. */
export async function run(argv: string[], { root }: { root: string }): Promise<number> {
  const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
  let code = 0
  const program = new Command('tocsin').version(version).exitOverride()
  program
    .command('serve')
    .description('start the server')
    .option('--data <folder>', 'everything the product keeps')
    .option('--listen <address:port>', 'where to listen; port 0 picks a free one')
    .option('--url <url>', 'the public address, used in links')
    .option('--database <url>', 'a PostgreSQL to use instead of the embedded one')
    .option('--config <path>', 'a file or folder of configuration documents, applied at start')
    .option('--demo', 'with the demo company')
    .option('--no-demo', 'without the demo company')
    .action(async (flags) => {
      code = await serveUntilStopped(flags, { migrations: join(root, 'migrations'), web: join(root, 'dist/web'), version })
    })
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('commander.')) return (error as { exitCode: number }).exitCode === 0 ? 0 : 2
    throw error
  }
  return code
}

async function serveUntilStopped(flags: Parameters<typeof readSettings>[0], places: Parameters<typeof serve>[1]): Promise<number> {
  try {
    const server = await serve(readSettings(flags, process.env), places)
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    })
    await server.stop()
    return 0
  } catch (error) {
    if (!isStartRefusal(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
}
