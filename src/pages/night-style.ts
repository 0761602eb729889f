import { sheetOf } from './shell.ts'

/** The dark values of the design tokens: this page is always dark and waits for nothing. */
const VALUES = `
:root{color-scheme:dark;--canvas:#0B0F0E;--text-1:#E9EFED;--text-2:#B0BCB8;--text-3:#8F9C98;--line-1:#212A28;--line-control:#6F7E79;
--accent:#5CC6B4;--accent-hover:#78D6C6;--on-accent:#05211C;--accent-text:#72D2C1;--accent-line:#2A665B;--focus:#78D6C6;
--good-soft:#10302A;--good-text:#72D2C1;--good-edge:#2F7567;--warn-text:#F2CD74;--brass:#DDAE57}
.rank-1,.sev-1{--fill:#EE9AAF;--on-fill:#2A0313;--edge:#EE9AAF;--ink:#F4B1C1}
.rank-2,.sev-2{--fill:#F24204;--on-fill:#160300;--edge:#F24204;--ink:#FF8A5E}
.rank-3,.sev-3{--fill:#FFEF94;--on-fill:#2B2300;--edge:#FFEF94;--ink:#F4E283}
.rank-4,.sev-4{--fill:#6793F6;--on-fill:#04102B;--edge:#6793F6;--ink:#9DBBFB}
.rank-5,.sev-5{--fill:#454E5D;--on-fill:#FFFFFF;--edge:#808DA2;--ink:#ABB5C4}
`

const BASE = `
*{box-sizing:border-box}
html,body{height:100%}
body{margin:0;background:var(--canvas);color:var(--text-1);
font:.9375rem/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums;-webkit-font-smoothing:antialiased;-webkit-text-size-adjust:100%}
main{min-height:100%;max-width:440px;margin:0 auto;padding:12px 16px 0;display:flex;flex-direction:column}
h1,p,dl,dd,ol{margin:0}
svg{display:block;flex:none}
a{color:var(--accent-text);text-underline-offset:3px;display:inline-flex;align-items:center;min-height:44px}
button,.button{font:inherit;font-weight:500;width:100%;height:48px;border-radius:12px;border:1px solid var(--line-control);background:none;color:var(--text-1);cursor:pointer;touch-action:manipulation}
.filled{background:var(--accent);border-color:var(--accent);color:var(--on-accent);font-weight:650}
.filled:hover,.filled:active{background:var(--accent-hover)}
button:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
h1{font-size:1.625rem;line-height:1.2;letter-spacing:-.02em;margin-top:8px;overflow-wrap:anywhere}
`

const NIGHT = `
.rim{position:fixed;inset:0 0 auto;height:4px;background:var(--edge)}
.top{display:flex;align-items:center;gap:8px;padding-top:4px;font-weight:600;color:var(--ink)}
.top span{margin-left:auto;color:var(--text-2);font-weight:400;font-size:.8125rem}
.sev path{fill:var(--fill)}
.sev text{fill:var(--on-fill);font:700 11.5px system-ui,sans-serif;text-anchor:middle}
h1,.impact,.places,details i{overflow:hidden;overflow-wrap:anywhere;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2}
h1,.impact{-webkit-line-clamp:3}
.impact,.since{font-size:1.0625rem;line-height:1.35;margin-top:4px}
.since{color:var(--text-2);font-size:.9375rem}
dl{border-top:1px solid var(--line-1);margin-top:10px}
dl div,summary{display:flex;gap:12px;min-height:44px;align-items:center;border-bottom:1px solid var(--line-1)}
dl div{padding:5px 0}
dl a{margin:-5px 0}
dt,summary span{color:var(--text-3);width:76px;flex:none;font-size:.8125rem}
dd{min-width:0;flex:1;line-height:1.3;overflow-wrap:anywhere}
b{font-weight:600}
small{color:var(--text-2);font-size:.8125rem}
small span{color:var(--text-1)}
.warn{color:var(--warn-text)}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary b{flex:none}
summary i{flex:1;min-width:0;font-style:normal;color:var(--text-2);font-size:.8125rem;-webkit-line-clamp:1}
summary::after{content:"";flex:none;width:7px;height:7px;margin:-3px 3px 0 0;border:solid var(--text-2);border-width:0 1.5px 1.5px 0;transform:rotate(45deg)}
[open] summary::after{transform:rotate(225deg);margin-top:3px}
ol{list-style:none;padding:4px 0}
li{display:flex;gap:8px;align-items:baseline;padding:6px 0;line-height:1.3}
li svg{align-self:flex-start;margin-top:2px}
li span{flex:1;min-width:0;overflow-wrap:anywhere}
details p{color:var(--text-2);padding-bottom:8px}
.acts{margin-top:auto;position:sticky;bottom:0;padding:12px 0 10px;display:grid;grid-template-columns:1fr 1fr;gap:8px;background:var(--canvas)}
.acknowledge,.done,.who{grid-column:1/-1}
.acknowledge button{height:64px;font-size:1.25rem;font-weight:650;letter-spacing:-.01em}
.done,.escalated{display:flex;align-items:center;gap:12px;border-radius:12px;background:var(--good-soft);border:1px solid var(--good-edge);color:var(--good-text)}
.done{min-height:64px;padding:6px 16px}
.done span{min-width:0;overflow-wrap:anywhere}
.done b{display:block;color:var(--text-1);font-size:1.0625rem;line-height:1.25}
.escalated{height:48px;justify-content:center;gap:6px;padding:0 8px;font-size:.8125rem;line-height:1.2}
.escalated svg{width:16px;height:16px}
.resolve:nth-child(2){grid-column:1/-1}
.who{text-align:center;color:var(--text-3);font-size:.8125rem;line-height:1.3;overflow-wrap:anywhere}
@media(min-width:600px) and (min-height:720px){main{min-height:auto;padding-top:9vh}.acts{margin-top:16px}}
`

const PLAIN = `
main{padding-bottom:16px}
.brand{display:flex;align-items:center;gap:10px;font-size:1.25rem;font-weight:680;letter-spacing:-.02em;padding-top:6px}
.bell{fill:var(--brass)}
h1{margin-top:48px}
main>p:not(.brand){margin-top:12px;font-size:1.0625rem;line-height:1.45;color:var(--text-2);overflow-wrap:anywhere}
.acts{margin-top:auto;padding-top:16px;display:grid;gap:8px}
.button{display:grid;place-items:center;height:64px;font-size:1.25rem;text-decoration:none;letter-spacing:-.01em}
@media(min-width:600px) and (min-height:720px){main{min-height:auto;padding-top:9vh}.acts{margin-top:24px}}
`

export const nightSheet = sheetOf(VALUES + BASE + NIGHT)
/** For what there is to say when there is no incident to show. */
export const plainNightSheet = sheetOf(VALUES + BASE + PLAIN)
