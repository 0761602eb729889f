import { existsSync } from 'node:fs'

/** Where a program runs, as far as it matters to whether somebody sits in front of it. */
export interface Surroundings {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  isTerminal: boolean
  isContainer: boolean
}

export function surroundings(): Surroundings {
  return {
    platform: process.platform,
    env: process.env,
    isTerminal: process.stdout.isTTY === true,
    isContainer: existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
  }
}

/**
 * Whether whoever started this sits at a screen on which a browser can open. A service, a pipe, a session from afar, CI and a
 * container without a display have none, and a browser that opens somewhere else would only be in the way.
 */
export function hasScreen({ platform, env, isTerminal, isContainer }: Surroundings): boolean {
  const isSet = (variable: string) => (env[variable] ?? '').trim() !== ''
  if (!isTerminal || ['SSH_CONNECTION', 'SSH_CLIENT', 'SSH_TTY'].some(isSet)) return false
  if (isSet('CI') && !['0', 'false'].includes(env['CI']!.trim())) return false
  const hasDisplay = isSet('DISPLAY') || isSet('WAYLAND_DISPLAY')
  if (isContainer && !hasDisplay) return false
  return platform === 'darwin' || platform === 'win32' || hasDisplay
}
