/** Paper and ink, one signal colour; dark when the reader's system is. Nothing is loaded from anywhere. */
export const STYLES = `
:root{color-scheme:light dark;--paper:#faf7f2;--raised:#fffdfa;--ink:#1c1917;--soft:#57504a;--line:#e0d8cb;--signal:#d9381e;
--worse:#b92c15;--go:#2c6639;--p50:#163f5c;--p95:#6f93ad;--p99:#c3d3de;--holds:#d8c39a;--rest:#ece4d6}
@media (prefers-color-scheme:dark){:root{--paper:#14120f;--raised:#1d1a16;--ink:#f4eee4;--soft:#b8ada0;--line:#39332c;
--signal:#ff6a4d;--worse:#ff8a70;--go:#8fc79c;--p50:#9cc7e6;--p95:#4f7590;--p99:#2c4353;--holds:#6d5a2e;--rest:#2a2520}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 "Hanken Grotesk","Helvetica Neue",Arial,sans-serif;
font-variant-numeric:tabular-nums}
main{max-width:60rem;margin:0 auto;padding:clamp(1rem,4vw,3rem)}
h1{font:700 clamp(2.2rem,6vw,3.8rem)/1.05 "Bricolage Grotesque","Arial Narrow","Helvetica Neue",sans-serif;margin:.2em 0 .3em;
letter-spacing:-.02em;text-wrap:balance}
h2{font:650 1.5rem/1.2 "Bricolage Grotesque","Arial Narrow","Helvetica Neue",sans-serif;margin:3rem 0 .5rem}
p{max-width:65ch;margin:.5rem 0}
.soft{color:var(--soft)}.good{color:var(--go)}.worse{color:var(--worse)}
ul.faults{list-style:none;padding:0;font-size:1.15rem}ul.faults li::before{content:"✗ ";color:var(--worse)}
dl.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:1px;margin:2rem 0}
dl.figures div{background:var(--raised);padding:1rem;box-shadow:0 0 0 1px var(--line)}
dl.figures dt{color:var(--soft);font-size:.875rem}dl.figures dd{margin:0;font-size:1.6rem;font-weight:650;line-height:1.2}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.95rem}
th,td{text-align:left;padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line);white-space:nowrap}
td.wide{white-space:normal;overflow-wrap:anywhere;min-width:11rem}
.scroll+.scroll{margin-top:1.5rem}
th{color:var(--soft);font-weight:500}td.n,th.n{text-align:right}td:last-child,th:last-child{padding-right:0}
svg{display:block;width:100%;height:auto;margin:1rem 0;overflow:visible}
svg text{font-size:13px;fill:var(--ink)}svg .tick{fill:var(--soft);font-size:12px}svg .value{fill:var(--soft)}
svg .worse{fill:var(--worse)}.grid{stroke:var(--line)}.p50{fill:var(--p50)}.p95{fill:var(--p95)}.p99{fill:var(--p99)}
.holds{fill:var(--holds)}.sold{fill:none;stroke:var(--p50);stroke-width:2.5}.wall{stroke:var(--soft);stroke-dasharray:4 4}
.bar{fill:var(--p95)}.bad{fill:var(--signal)}.rest{fill:var(--rest)}
.legend{display:flex;flex-wrap:wrap;gap:.15rem 1.25rem}.entry{display:flex;gap:.4em;align-items:baseline}
.key{flex:none;width:.9em;height:.9em;align-self:flex-start;margin-top:.3em}
.key.p50{background:var(--p50)}.key.p95{background:var(--p95)}.key.p99{background:var(--p99)}.key.holds{background:var(--holds)}
.key.bad{background:var(--signal)}.panel{font-weight:600;paint-order:stroke;stroke:var(--paper);stroke-width:6px}.cap{fill:none;stroke:var(--ink);stroke-width:1.5}
.dot{fill:var(--p50)}.dot0{opacity:.35}.dot1{opacity:.55}.dot2{opacity:.78}.cross{fill:none;stroke:var(--signal);stroke-width:1.5}
h3{font:600 1.1rem/1.3 inherit;font-family:inherit;margin:2rem 0 .25rem}
pre{overflow-x:auto;padding:.75rem 1rem;background:var(--raised);border:1px solid var(--line);font-size:.875rem}
@media (max-width:40rem){svg text{font-size:22px}svg .tick,svg .name,svg .value{font-size:19px}table{font-size:.875rem}th,td{white-space:normal;padding-right:.5rem}
td.n,th.n{white-space:nowrap}}
@media print{:root{color-scheme:light;--paper:#fff;--raised:#fff;--ink:#000;--soft:#444;--line:#ccc;--signal:#d9381e;--worse:#b92c15;--go:#2c6639;
--p50:#163f5c;--p95:#6f93ad;--p99:#c3d3de;--holds:#d8c39a;--rest:#eee}body{background:#fff;font-size:10pt}
main{max-width:none;padding:0}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}h2,h3{break-after:avoid}
svg,tr,dl,p{break-inside:avoid}.scroll{overflow:visible}th,td{white-space:normal}pre{white-space:pre-wrap;word-break:break-all}}
`.trim();
