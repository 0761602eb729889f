import { sheetOf } from './shell.ts'

/** Values of the design tokens, both themes: this page follows the system. */
export const signInSheet = sheetOf(`
:root{color-scheme:light dark;--canvas:#F3F6F5;--surface-1:#FFFFFF;--text-1:#111917;--text-2:#43504C;--line-1:#E1E7E5;--chart-stroke:#B9C6C2;
--accent:#0C6A5E;--accent-hover:#09584E;--on-accent:#FFFFFF;--focus:#0C6A5E;--brass:#96660F}
@media(prefers-color-scheme:dark){:root{--canvas:#0B0F0E;--surface-1:#121817;--text-1:#E9EFED;--text-2:#B0BCB8;--line-1:#212A28;--chart-stroke:#3C4A46;
--accent:#5CC6B4;--accent-hover:#78D6C6;--on-accent:#05211C;--focus:#78D6C6;--brass:#DDAE57}}
*{box-sizing:border-box}
body{margin:0;background:var(--surface-1);color:var(--text-1);
font:.875rem/1.375rem system-ui,-apple-system,"Segoe UI Variable Text","Segoe UI",Roboto,"Noto Sans",Ubuntu,Cantarell,"Helvetica Neue",Arial,sans-serif;-webkit-font-smoothing:antialiased}
h1,p{margin:0}
svg{display:block;flex:none}
.sign-in{display:grid;grid-template-columns:minmax(0,1.05fr) minmax(0,1fr);min-height:100vh;min-height:100dvh}
.side{display:flex;flex-direction:column;min-width:0;padding:40px;background:var(--canvas);border-right:1px solid var(--line-1)}
.brand{display:flex;align-items:center;gap:8px;font-size:1.25rem;line-height:1.75rem;font-weight:680;letter-spacing:-.02em}
.bell{fill:var(--brass)}
.peal{width:100%;max-width:560px;height:auto;margin:auto}
.peal path{stroke-width:3;stroke-linecap:round}
.peal .quiet{stroke:var(--chart-stroke)}
.peal .struck{stroke:var(--accent)}
.peal .ground{stroke:var(--chart-stroke);stroke-width:1}
.peal .bell path{stroke:none}
.promise{max-width:46ch;color:var(--text-2)}
main{display:grid;place-items:center;padding:24px}
.way{display:grid;gap:16px;width:100%;max-width:348px}
h1{font-size:1.625rem;line-height:2rem;font-weight:600;letter-spacing:-.02em}
.button{display:grid;place-items:center;width:100%;height:40px;border:0;border-radius:6px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:500;text-decoration:none;cursor:pointer}
.button:hover{background:var(--accent-hover)}
.button:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.small{color:var(--text-2);font-size:.75rem;line-height:18px}
.paged{padding-top:16px;border-top:1px solid var(--line-1)}
b{font-weight:600}
code{font:.8125rem/1 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;color:var(--text-1)}
@media(max-width:760px){.sign-in{grid-template-columns:minmax(0,1fr);grid-template-rows:auto 1fr}
.side{padding:20px 16px 0;border:0;background:none}
.side .peal,.promise{display:none}
main{place-items:start center;padding:32px 16px}
.way{max-width:none}
.button{height:48px;font-size:1rem}}
`)
