// Runs before the first paint; theme.ts writes what is read here. A browser that refuses storage follows the system.
try {
  const theme = localStorage.getItem('tocsin.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {}
