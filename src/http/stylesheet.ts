/** Where the stylesheet is served: a file of its own, so that pages need no inline style (CSP `style-src 'self'`). */
export const STYLESHEET_PATH = '/assets/zetel.css'

/** Colours, light and dark; every pair of text and ground has a contrast of at least 4.5:1 (UI.md). */
const LIGHT = `--ink:#1b2426;--muted:#55646a;--line:#c9d2d4;--surface:#ffffff;--raised:#f4f7f7;--accent:#0b6e6e;--on-accent:#ffffff;--healthy:#1d6b3a;--attention:#8a5300;--broken:#a8231f;--unknown:#55646a`
const DARK = `--ink:#e7eded;--muted:#a5b3b6;--line:#3b484b;--surface:#14191a;--raised:#1c2325;--accent:#5cc4bf;--on-accent:#0b1516;--healthy:#6fcf8f;--attention:#f0b45a;--broken:#ff8f87;--unknown:#a5b3b6`

/** The look of every page: system fonts, a 4 px grid, telephone first, no motion. */
export const STYLESHEET = `:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
body{margin:0;background:var(--surface);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
header,main{max-width:680px;margin:0 auto;padding:16px}
header{display:flex;justify-content:space-between;align-items:center;gap:16px;color:var(--muted);font-size:14px}
h1{font-size:28px;line-height:1.25;margin:8px 0 16px}
h2{font-size:20px;line-height:1.3;margin:32px 0 8px}
h3{font-size:16px;margin:16px 0 4px}
p,ul,ol,dl{margin:0 0 16px}
ul,ol{padding-left:20px}
li{margin:4px 0}
a{color:var(--accent);text-underline-offset:2px}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
dl{border:1px solid var(--line);border-radius:6px;padding:8px 16px}
dl>div{padding:4px 0}
dt{color:var(--muted);font-size:14px}
dd{margin:0}
code,.path{font:14px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.path{display:block;padding:8px 12px;background:var(--raised);border-radius:6px;margin:0 0 8px}
.muted{color:var(--muted);font-size:14px}
.panel{border:1px solid var(--line);border-radius:6px;padding:4px 16px;margin:0 0 16px}
.tag{border:1px solid var(--line);border-radius:6px;padding:0 8px;font-size:14px;color:var(--muted);font-weight:400}
.state{font-weight:600}
.healthy{color:var(--healthy)}.attention{color:var(--attention)}.broken{color:var(--broken)}.unknown{color:var(--unknown)}
.button{display:block;margin:24px 0 8px;padding:12px 16px;min-height:48px;border-radius:6px;text-align:center;font-weight:600;text-decoration:none;background:var(--accent);color:var(--on-accent)}
.button:hover{text-decoration:underline}
@media (min-width:640px){header,main{padding:16px 24px}dl>div{display:grid;grid-template-columns:12ch 1fr;gap:16px}.button{display:inline-block;min-width:24ch}}
`
