// Words for what the graph names by terms: a reader meets no term that has to be looked up.

const SAYINGS = {
  claim: 'says', relay: 'passes on', denial: 'denies', directive: 'asks', commitment: 'promises', opinion: 'judges', 'non statement': 'does not say',
  'verification statement': 'on checking', 'narrator claim': 'the article itself',
};
const NAMED_BY = {
  explicit: 'named here in full', name: 'named by a part of the name or by what was so introduced', pronoun: 'named by a pronoun', possessive: 'named through whose it is', metonymy: 'a place or building that stands for its government', unresolved: 'who is meant could not be told',
};
const CERTAINTIES = { probable: 'told as likely', possible: 'told as possible', unspecified: 'how sure it is, is not told' };
const BASES = {
  'disjoint intervals': 'the figures leave no number that both allow', 'opposite polarity': 'one says it is so, the other that it is not', 'opposed outcome': 'each tells of another outcome', 'same claimant, later': 'the same source, later',
  'same statement': 'the same words of the same source', 'marked in the text': 'the article says so', analyst: 'an analyst says so',
};
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const inWords = (table, term) => table[term] || term;

/** A day as people write it; what is not a day is left as it is. `brief` is without the year. */
function dayName(text, brief) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text || '');
  if (!found) return text;
  const month = MONTHS[Number(found[2]) - 1];
  return brief ? `${Number(found[3])} ${month.slice(0, 3)}` : `${Number(found[3])} ${month} ${found[1]}`;
}
