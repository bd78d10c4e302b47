'use strict';
// The query editor. It sends queries only to the endpoint of this server; results become text nodes.

const DATA = JSON.parse(document.getElementById('data').textContent);
const $ = selector => document.querySelector(selector);
const MOST = 2000;  // rows shown in the table; the CSV has all rows
const KEYWORDS = ['SELECT', 'DISTINCT', 'WHERE', 'OPTIONAL', 'FILTER', 'GRAPH', 'UNION', 'VALUES', 'BIND', 'CONSTRUCT', 'ASK', 'DESCRIBE', 'ORDER BY', 'GROUP BY', 'HAVING', 'LIMIT', 'OFFSET', 'COUNT', 'CONTAINS', 'LCASE', 'REGEX', 'NOT EXISTS'];
const TERMS = [...new Set(DATA.questions.flatMap(each => each.text.match(/\b[a-z]+:\w+/g) || []))].filter(term => term.split(':')[0] in DATA.prefixes).sort();

function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value); else node[key] = value;
  }
  node.append(...children);
  return node;
}

function showStatus(words, wrong) {
  $('#state').textContent = words;
  $('#state').classList.toggle('wrong', Boolean(wrong));
}

function ask(query, accept) {
  return fetch('/sparql', { method: 'POST', body: query, headers: { 'Content-Type': 'application/sparql-query', Accept: accept } });
}

async function run() {
  const query = $('#text').value;
  showStatus('Running …');
  $('#run').disabled = true;
  $('#csv').disabled = true;
  $('#answer').replaceChildren();
  try {
    const reply = await ask(query, 'application/sparql-results+json, text/turtle'), words = await reply.text();
    if (reply.ok) draw(reply.headers.get('Content-Type') || '', words); else showStatus(words, true);
  } catch (error) {
    showStatus(`No response. Is kg serve still running? (${error.message})`, true);
  }
  $('#run').disabled = false;
}

function draw(kind, words) {
  if (!kind.startsWith('application/sparql-results+json')) {
    showStatus('Triples, as Turtle');
    $('#answer').replaceChildren(el('pre', { textContent: words }));
    return;
  }
  const reply = JSON.parse(words);
  if ('boolean' in reply) { showStatus(reply.boolean ? 'Yes' : 'No'); return; }
  const columns = reply.head.vars, rows = reply.results.bindings;
  showStatus(`${rows.length.toLocaleString('en')} ${rows.length === 1 ? 'row' : 'rows'}${rows.length > MOST ? `, the first ${MOST.toLocaleString('en')} shown` : ''}`);
  $('#csv').disabled = false;
  const head = el('thead', {}, el('tr', {}, ...columns.map(name => el('th', { scope: 'col', textContent: name }))));
  const body = el('tbody', {}, ...rows.slice(0, MOST).map(row => el('tr', {}, ...columns.map(name => cell(row[name])))));
  $('#answer').replaceChildren(el('table', {}, head, body));
}

function cell(term) {
  if (!term) return el('td', {});
  if (term.type !== 'uri') return el('td', { textContent: term.value });
  const [name, base] = Object.entries(DATA.prefixes).filter(([, start]) => term.value.startsWith(start)).sort((a, b) => b[1].length - a[1].length)[0] || [];
  return el('td', { className: 'uri', title: term.value, textContent: base ? `${name}:${term.value.slice(base.length)}` : term.value });
}

async function save() {
  const reply = await ask($('#text').value, 'text/csv');
  if (!reply.ok) { showStatus(await reply.text(), true); return; }
  const link = el('a', { href: URL.createObjectURL(await reply.blob()), download: 'answer.csv' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// ------------------------------------------------------------------------------------------------ completions

function word() {
  const at = $('#text').selectionStart, before = $('#text').value.slice(0, at).match(/[?\w:]+$/);
  return { at, part: before ? before[0] : '' };
}

function complete() {
  const { part } = word(), low = part.toLowerCase();
  const variables = [...new Set($('#text').value.match(/\?\w+/g) || [])];
  const found = [...variables, ...TERMS, ...KEYWORDS].filter(each => each.toLowerCase().startsWith(low) && each !== part).slice(0, 40);
  $('#words').hidden = !found.length;
  $('#words').replaceChildren(...found.map(each => el('li', {}, el('button', { type: 'button', textContent: each, onclick: () => put(each) }))));
  $('#words button')?.focus();
}

function put(whole) {
  const { at, part } = word();
  $('#text').setRangeText(whole, at - part.length, at, 'end');
  $('#words').hidden = true;
  $('#text').focus();
}

function keys(event) {
  if (event.key === 'Escape') { $('#words').hidden = true; $('#text').focus(); }
  if (!event.ctrlKey && !event.metaKey) return;
  if (event.key === 'Enter') { event.preventDefault(); run(); }
  if (event.key === ' ') { event.preventDefault(); complete(); }
}

$('#questions').append(...DATA.questions.map(each => el('li', {}, el('button', { type: 'button', onclick: () => { $('#text').value = each.text; $('#text').focus(); $('#text').setSelectionRange(0, 0); $('#text').scrollTop = 0; showStatus(each.summary); } }, each.name, el('small', { textContent: each.summary })))));
$('#text').value = DATA.questions[0]?.text || '';
$('#run').addEventListener('click', run);
$('#csv').addEventListener('click', save);
document.addEventListener('keydown', keys);
document.documentElement.dataset.ready = 'yes';
