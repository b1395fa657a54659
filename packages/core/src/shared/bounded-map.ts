/** A map with an end: it holds what weighs `max` at most, and what was used least lately goes first. */
export type BoundedMap<Key, Value> = {
  /** Reading is a use. */
  readonly get: (key: Key) => Value | undefined;
  /** `weight`: 1 unless said otherwise, so that `max` is a number of entries. */
  readonly set: (key: Key, value: Value, weight?: number) => void;
  readonly delete: (key: Key) => void;
};

/**
 * The one way in which Onsale remembers without growing for ever. The newest entry stays even where it alone weighs
 * more than `max`: whoever put it there is about to use it.
 */
export function makeBoundedMap<Key, Value>(max: number): BoundedMap<Key, Value> {
  // Maps keep the order in which keys were set: the one used last stands last.
  const entries = new Map<Key, { readonly value: Value; readonly weight: number }>();
  let total = 0;

  function remove(key: Key): void {
    total -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  }

  /**
   * A thirty-second part more than is needed right now: a Map walks over all that was removed before it finds its oldest
   * entry, which costs too much to do for each new one.
   */
  function makeRoom(left: number): void {
    const enough = left - Math.floor(max / 32);
    for (const oldest of entries.keys()) {
      if (total <= enough) break;
      remove(oldest);
    }
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, weight = 1) {
      remove(key);
      if (total + weight > max) makeRoom(max - weight);
      entries.set(key, { value, weight });
      total += weight;
    },
    delete: remove,
  };
}

export type KeptAnswers<Question, Answer> = {
  readonly of: (question: Question) => Promise<Answer>;
  /** The next time it is asked anew. */
  readonly forget: (question: Question) => void;
};

type KeptAnswersHow<Question, Answer> = {
  readonly max: number;
  /** How old an answer may be, counted from its question; none said: it never changes. */
  readonly fresh?: { readonly ms: number; readonly nowMs: () => number };
  /** Whether others may have this answer; all may, unless said otherwise. A failure is never kept. */
  readonly keep?: (answer: Answer) => boolean;
  /** What makes two questions the same; they themselves, unless said otherwise. */
  readonly nameOf?: (question: Question) => unknown;
};

/** Answers to questions that cost something: who asks while one is under way, or soon after, shares it. */
export function makeKeptAnswers<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
  { max, fresh, keep = () => true, nameOf = (question) => question }: KeptAnswersHow<Question, Answer>,
): KeptAnswers<Question, Answer> {
  type Kept = { readonly askedAtMs: number; readonly answer: Promise<Answer> };
  const kept = makeBoundedMap<unknown, Kept>(max);

  return {
    of(question) {
      const name = nameOf(question);
      const nowMs = fresh ? fresh.nowMs() : 0;
      const known = kept.get(name);
      if (known && nowMs - known.askedAtMs < (fresh?.ms ?? Infinity)) return known.answer;
      const asked = { askedAtMs: nowMs, answer: ask(question) };
      kept.set(name, asked);
      const drop = () => {
        if (kept.get(name) === asked) kept.delete(name);
      };
      asked.answer.then((answer) => {
        if (!keep(answer)) drop();
      }, drop);
      return asked.answer;
    },
    forget: (question) => kept.delete(nameOf(question)),
  };
}
