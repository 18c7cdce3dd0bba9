import * as fc from "fast-check";
import type { RoundStatus } from "./archive.ts";
import type { BackupSet, FileStatus } from "./backup-set.ts";
import { historyOf, type PieceSketch, type RoundSketch, type SetSketch } from "./history.fixture.ts";
import { scn } from "./scn.ts";

/** Instants of a random history lie in 1 … LAST; `now` is the last of them. */
const LAST = 110;
export const now = scn(LAST);
export const INSTANTS = Array.from({ length: LAST + 20 }, (_, i) => BigInt(i + 1));

export const fileStatus = fc.oneof(
  { weight: 12, arbitrary: fc.constant<FileStatus>("available") },
  {
    weight: 2,
    arbitrary: fc.constantFrom<FileStatus>("deleted", "deleting", "broken", "incomplete", "unknown"),
  },
);

const roundSeed = fc.record({
  pause: fc.integer({ min: 1, max: 12 }),
  interval: fc.integer({ min: 3, max: 12 }),
  pieces: fc.integer({ min: 1, max: 5 }),
  /** How far into the last piece the logs go. */
  reached: fc.nat({ max: 12 }),
  /** How much of the end of each frozen piece holds no log. */
  quiet: fc.nat({ max: 2 }),
  files: fc.array(fileStatus, { minLength: 5, maxLength: 5 }),
  changesDestination: fc.boolean(),
  status: fc.constantFrom<RoundStatus>("stopped", "interrupted", "suspended", "doing", "doing"),
});

const setSeed = fc.record({
  pause: fc.nat({ max: 14 }),
  replayed: fc.integer({ min: 0, max: 9 }),
  isIncremental: fc.boolean(),
  /** The base that OceanBase would take, or any id: a chain that somebody broke by hand. */
  hasStrayBase: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  status: fc.constantFrom<BackupSet["status"]>("succeeded", "succeeded", "succeeded", "failed", "running"),
  files: fileStatus,
  path: fc.constantFrom("file:///data", "file:///data", "file:///older"),
  plusArchivelog: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
});

/** As clusters make them: rounds, pieces and sets in order, some of them lost, failed, moved or broken by hand. */
export const randomHistory = fc
  .record({
    rounds: fc.array(roundSeed, { maxLength: 4 }),
    sets: fc.array(setSeed, { maxLength: 8 }),
  })
  .map(({ rounds, sets }) => historyOf({ ...roundsFrom(rounds), sets: setsFrom(sets) }));

type SeedOf<A> = A extends fc.Arbitrary<infer T> ? T : never;

function roundsFrom(seeds: readonly SeedOf<typeof roundSeed>[]) {
  const rounds: RoundSketch[] = [];
  const pieces: PieceSketch[] = [];
  let [at, destination] = [0, 1001];
  for (const [i, seed] of seeds.entries()) {
    const [id, start] = [i + 1, at + seed.pause];
    if (seed.changesDestination) destination += 1;
    for (let n = 0; n < seed.pieces; n++) {
      const from = start + n * seed.interval;
      const end = from + seed.interval;
      const isLast = n === seed.pieces - 1;
      const checkpoint = isLast ? Math.min(from + seed.reached, end) : end - seed.quiet;
      const files = seed.files[n] ?? "available";
      pieces.push({ id: pieces.length + 1, round: id, start: from, end, checkpoint, files, destination });
      at = checkpoint;
    }
    const isNewest = i === seeds.length - 1;
    const status = isNewest ? seed.status : "stopped";
    rounds.push({ id, start, checkpoint: at, status, destination });
  }
  return { rounds, pieces };
}

function setsFrom(seeds: readonly SeedOf<typeof setSeed>[]): readonly SetSketch[] {
  const sets: SetSketch[] = [];
  let at = 2;
  for (const [i, seed] of seeds.entries()) {
    at += seed.pause;
    const { status, files, path, plusArchivelog } = seed;
    const base = sets.findLast((set) => set.status === "succeeded" && set.path === path);
    const stray: readonly [number, number] = [seed.replayed, seed.pause];
    const onto = seed.hasStrayBase ? stray : base && ([base.onto?.[0] ?? base.id, base.id] as const);
    sets.push({
      id: i + 1,
      ...(status === "succeeded" ? { at, replay: Math.max(1, at - seed.replayed) } : { at: 0 }),
      ...(seed.isIncremental && onto ? { onto } : {}),
      ...(status === "succeeded" ? { files } : {}),
      status,
      path,
      plusArchivelog,
    });
  }
  return sets;
}
