import { storedChoice } from './stored-choice.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Light, dark, or as the system says. Before the first paint, public/theme.js has already applied what is stored. */
export const themeChoice = storedChoice<Theme>('tocsin.theme', themes, 'system')

/** The style sheet follows the system unless the root says otherwise. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

themeChoice.subscribe(() => applyTheme(themeChoice.read()))
