// Plain words for the terms of the graph, so that a reader needs no glossary.

const SAYINGS = {
  claim: 'says', relay: 'passes on', denial: 'denies', directive: 'asks', commitment: 'promises', opinion: 'judges', 'non statement': 'does not say',
  'verification statement': 'on checking', 'narrator claim': 'the article itself',
};
const NAMED_BY = {
  explicit: 'named in full here', name: 'named by part of the name or by a description introduced earlier', pronoun: 'named by a pronoun', possessive: 'named by a possessive ("its air force")', metonymy: 'a place or building that stands for a government', unresolved: 'could not be resolved',
};
const CERTAINTIES = { probable: 'reported as probable', possible: 'reported as possible', unspecified: 'certainty not stated' };
const BASES = {
  'disjoint intervals': 'no number satisfies both figures', 'opposite polarity': 'one affirms it, the other denies it', 'opposed outcome': 'they report different outcomes', 'same claimant, later': 'the same source, later',
  'same statement': 'the same words of the same source', 'marked in the text': 'the article says so', analyst: 'an analyst says so',
};
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const inWords = (table, term) => table[term] || term;

/** Formats a date: "2031-10-07" as "7 October 2031"; other text is unchanged. `brief` leaves out the year. */
function dayName(text, brief) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text || '');
  if (!found) return text;
  const month = MONTHS[Number(found[2]) - 1];
  return brief ? `${Number(found[3])} ${month.slice(0, 3)}` : `${Number(found[3])} ${month} ${found[1]}`;
}
