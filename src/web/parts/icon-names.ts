/** Every drawing in the icon set, in its order; the parts page shows them all. */
export const iconNames = [
  'bell', 'belloff', 'search', 'now', 'incidents', 'calendar', 'layers', 'book', 'strokes', 'sliders', 'plus', 'minus', 'check', 'x',
  'down', 'up', 'right', 'left', 'arrow', 'out', 'clock', 'user', 'users', 'hash', 'video', 'deploy', 'undo', 'redo', 'play', 'copy',
  'link', 'more', 'filter', 'sort', 'eye', 'edit', 'trash', 'snooze', 'split', 'merge', 'pin', 'phone', 'mail', 'sms', 'push', 'webhook',
  'globe', 'terminal', 'code', 'doc', 'download', 'refresh', 'warn', 'info', 'help', 'ok', 'moon', 'lock', 'key', 'graph', 'branch', 'box',
  'tag', 'grip', 'note', 'mega', 'wrench', 'bolt', 'swap', 'shield', 'inbox', 'list', 'flag', 'hand', 'db', 'route', 'stack', 'star',
  'finger', 'ring', 'sun',
] as const

export type IconName = (typeof iconNames)[number]
