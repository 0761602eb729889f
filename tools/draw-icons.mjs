// Draws the icons of the installed application from the bell mark: `node tools/draw-icons.mjs`, with Chromium at
// CHROMIUM or /usr/bin/chromium. The pictures are committed; this runs when the mark changes.
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const folder = new URL('../src/web/public/', import.meta.url)
const paths = readFileSync(new URL('favicon.svg', folder), 'utf8')
  .match(/<path[^>]+>/g)
  .join('')

/** `part`: how much of the square the bell takes; a system that cuts a circle out of it must not cut the bell. */
const ICONS = [
  { name: 'icon-192.png', size: 192, part: 0.72, radius: 0.22 },
  { name: 'icon-512.png', size: 512, part: 0.72, radius: 0.22 },
  { name: 'icon-maskable-512.png', size: 512, part: 0.56, radius: 0 },
  { name: 'apple-touch-icon.png', size: 180, part: 0.66, radius: 0 },
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage()
for (const { name, size, part, radius } of ICONS) {
  await page.setViewportSize({ width: size, height: size })
  const inset = (size * (1 - part)) / 2
  await page.setContent(`<style>html, body { margin: 0; background: none }</style>
    <svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" style="display: block">
      <rect width="${size}" height="${size}" rx="${size * radius}" fill="#0B0F0E"/>
      <svg x="${inset}" y="${inset}" width="${size * part}" height="${size * part}" viewBox="0 0 24 24" fill="#ddae57">${paths}</svg>
    </svg>`)
  await page.screenshot({ path: new URL(name, folder).pathname, omitBackground: true })
}
await browser.close()
