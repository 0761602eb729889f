// Keeps the application itself for a start without a network: pages, scripts, styles. What the server says is never
// kept here; the application keeps that, with its age.
const VERSION = '__VERSION__'
const FILES = __FILES__
const KEPT = `tocsin-${VERSION}`

addEventListener('install', (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })))))
})

addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith('tocsin-') && name !== KEPT).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  )
})

// The person decides when the new version takes over: in the middle of an incident nothing changes by itself.
addEventListener('message', ({ data }) => {
  if (data === 'take-over') skipWaiting()
})

addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate') {
    if (isOurs(url.pathname)) event.respondWith(fetch(request).catch(() => caches.match('/', { cacheName: KEPT })))
    return
  }
  // Their names change with their content, so what is kept is right.
  if (url.pathname.startsWith('/assets/')) event.respondWith(kept(request).then((found) => found ?? fetch(request)))
  else if (FILES.includes(url.pathname)) event.respondWith(fetch(request).catch(() => kept(request)))
})

/** Pages that the server draws itself are its alone. */
function isOurs(path) {
  return !/^\/(api|in|l|sign-in)\//.test(path)
}

function kept(request) {
  return caches.match(request, { cacheName: KEPT })
}
