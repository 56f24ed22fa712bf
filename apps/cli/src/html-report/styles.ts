/** The colours are those of the dashboard. */
export const styles = `
:root{color-scheme:light dark;--canvas:#f7f7f8;--surface:#fff;--sunken:#ededf0;--ink:#18191b;--muted:#55585f;--line:#e4e4e8;
--good:#0b7a6f;--good-soft:#e0f4f1;--good-fill:#0d9488;--attention:#8a5200;--attention-soft:#fcf0d9;--attention-fill:#d98a00;
--bad:#c23616;--bad-soft:#fdeae5;--bad-fill:#e0492a;--neutral:#55585f;--neutral-soft:#ededf0;--neutral-fill:#8b8e96;--accent:#4b4fd6}
@media(prefers-color-scheme:dark){:root{--canvas:#0e0f11;--surface:#151618;--sunken:#26282c;--ink:#ececee;--muted:#a6a9b0;--line:#2a2c31;
--good:#3fc9b8;--good-soft:#0f2f2c;--good-fill:#2bb5a5;--attention:#f0b14a;--attention-soft:#35270f;--attention-fill:#e5a32e;
--bad:#ff8365;--bad-soft:#3a1a12;--bad-fill:#f0654a;--neutral:#a6a9b0;--neutral-soft:#26282c;--neutral-fill:#7d8088;--accent:#8186ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{max-width:1040px;margin:0 auto;padding:40px 24px 64px}
h1,h2,p,dl,dd,ul,figure{margin:0;padding:0}
h1{font-size:28px;line-height:1.2;letter-spacing:-.015em;font-weight:650;text-wrap:balance}
h2{font-size:17px;font-weight:620;letter-spacing:-.005em}
.eyebrow{color:var(--muted);font-size:13px;display:flex;flex-wrap:wrap;gap:4px 16px;justify-content:space-between;margin-bottom:12px}
.verdict{border:1px solid var(--line);border-radius:12px;background:var(--surface);padding:28px;display:grid;
grid-template-columns:auto 1fr;gap:8px 20px;align-items:start;border-top:4px solid var(--tone-fill)}
.verdict svg{width:44px;height:44px;margin-top:-3px}
.verdict p{color:var(--muted);max-width:72ch;grid-column:2;font-size:16px;overflow-wrap:anywhere}
.good{--tone:var(--good);--tone-soft:var(--good-soft);--tone-fill:var(--good-fill)}
.attention{--tone:var(--attention);--tone-soft:var(--attention-soft);--tone-fill:var(--attention-fill)}
.bad{--tone:var(--bad);--tone-soft:var(--bad-soft);--tone-fill:var(--bad-fill)}
.neutral{--tone:var(--neutral);--tone-soft:var(--neutral-soft);--tone-fill:var(--neutral-fill)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:1px;background:var(--line);border:1px solid var(--line);
border-radius:12px;overflow:hidden;margin-top:16px}
.tile{background:var(--surface);padding:16px 20px}
.tile dt{color:var(--muted);font-size:13px}
.tile dd{font-size:24px;font-weight:620;letter-spacing:-.01em;line-height:1.3}
.tile small{display:block;color:var(--muted);font-size:13px;font-weight:400;letter-spacing:0}
section{margin-top:40px}
section>p{color:var(--muted);max-width:76ch;margin-top:2px}
.panel{border:1px solid var(--line);border-radius:12px;background:var(--surface);margin-top:12px;overflow:hidden}
.row{display:grid;gap:4px 24px;padding:14px 20px;border-top:1px solid var(--line);align-items:center}
.row:first-child{border-top:0}
.check{grid-template-columns:132px 190px 1fr}
.check strong{font-weight:560}
.badge{display:inline-flex;align-items:center;gap:7px;color:var(--tone);background:var(--tone-soft);border-radius:99px;padding:2px 11px 2px 9px;
font-size:13px;font-weight:560;justify-self:start}
.badge::before{content:"";width:8px;height:8px;border-radius:50%;background:var(--tone-fill);flex:none}
.bad>.badge::before,.badge.bad::before{border-radius:1px;rotate:45deg}
.attention>.badge::before,.badge.attention::before{border-radius:2px}
.muted{color:var(--muted)}
.small{font-size:13px}
.bar{display:block;width:100%;height:10px;border-radius:5px;overflow:hidden;background:var(--sunken)}
.bar rect{fill:var(--tone-fill)}
.kind{grid-template-columns:132px 1fr}
.legend{display:flex;flex-wrap:wrap;gap:2px 18px;margin-top:6px;font-size:13px;color:var(--muted);list-style:none}
.legend li{display:flex;gap:7px;align-items:center}
.legend li::before{content:"";width:9px;height:9px;border-radius:2px;background:var(--tone-fill);flex:none}
.legend b{color:var(--ink);font-weight:560}
.workspace{grid-template-columns:minmax(0,1.1fr) minmax(0,1fr) minmax(0,1.2fr)}
.name{overflow-wrap:anywhere;font-weight:560}
.meter{grid-template-columns:180px minmax(80px,1fr) 76px}
.meter b{text-align:right;font-weight:620;white-space:nowrap}
.meter .muted{grid-column:1/-1}
.samples{display:flex;flex-wrap:wrap;gap:4px;padding:16px 20px;border-top:1px solid var(--line);align-items:center}
.samples p{flex-basis:100%;color:var(--muted);font-size:13px}
.samples i{width:14px;height:14px;border-radius:3px;background:var(--tone-fill)}
.samples i.bad{border-radius:50%}
.samples i.attention{border-radius:7px 0}
table{width:100%;border-collapse:collapse;font-size:14px}
th{text-align:left;font-weight:500;color:var(--muted);font-size:13px;padding:10px 20px 8px;white-space:nowrap}
td{padding:9px 20px;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{min-width:112px}
th:first-child{min-width:170px}
td:first-child{font-weight:560}
td[data-label=Row] code{white-space:nowrap}
code{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.more{padding:12px 20px;border-top:1px solid var(--line);color:var(--muted);font-size:13px}
.timing{grid-template-columns:180px minmax(80px,1fr) 88px;padding-block:9px}
.timing b{text-align:right;font-weight:500}
.timing .bar{height:8px}
.timing .bar rect{fill:var(--accent)}
.facts{display:grid;grid-template-columns:180px 1fr}
.facts dt,.facts dd{padding:9px 20px;border-top:1px solid var(--line)}
.facts dt{color:var(--muted)}
.facts dd{padding-left:0;overflow-wrap:anywhere}
.facts dt:first-of-type,.facts dd:first-of-type{border-top:0}
footer{margin-top:40px;color:var(--muted);font-size:13px;max-width:76ch}
@media(max-width:720px){main{padding:20px 14px 40px}h1{font-size:22px}.verdict{padding:20px 18px;grid-template-columns:1fr}
.verdict p{grid-column:1;font-size:15px}.verdict svg{width:38px;height:38px;margin:0}
.tiles{grid-template-columns:1fr 1fr}.tile{padding:13px 15px}.tile dd{font-size:20px}
.row{padding:13px 15px}.check,.kind,.workspace{grid-template-columns:1fr}
.meter,.timing{grid-template-columns:1fr auto}.meter .bar,.timing .bar{grid-column:1/-1;grid-row:2}
.samples{padding:14px 15px}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody,tr,td{display:block}tr{padding:11px 15px;border-top:1px solid var(--line)}tbody tr:first-child{border-top:0}
td{padding:2px 0;border:0}td[data-label=Row] code{white-space:normal}td.none{display:none}
td[data-label]:not(:first-child)::before{content:attr(data-label) ": ";color:var(--muted);font-size:13px}
.facts{grid-template-columns:1fr}.facts dt{padding:10px 15px 0}.facts dd{padding:0 15px 10px;border:0}}
@media print{body{background:#fff}main{padding:0;max-width:none}.panel,.verdict,.tiles{break-inside:avoid}section{margin-top:24px}}
`
