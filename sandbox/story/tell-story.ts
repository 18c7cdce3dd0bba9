import type { Cluster } from "../cluster/create-cluster.ts";
import { setWorkload } from "../cluster/workloads.ts";
import { nextDueAt } from "../model/advance.ts";
import type { SteppedClock } from "../model/clock.ts";
import { factsOf } from "../model/model.ts";
import type { StoryProgress } from "../model/state.ts";
import { DAY, type Micros } from "../model/time.ts";
import { type DatedDeed, datedDeeds, type Story, type StoryDeed } from "./story.ts";

export interface Telling {
  readonly cluster: Cluster;
  readonly clock: SteppedClock;
  readonly story: Story;
}

/** Where a story that ends at `now` begins. */
export function storyStart(story: Story, now: Micros): Micros {
  return now - story.days * DAY;
}

/**
 * Makes the cluster live the story from its first step, or from where a killed sandbox left off, up to the story's end.
 * Its workloads commit on their own times in between. Throws when the cluster refuses a statement.
 */
export function tellStory({ cluster, clock, story }: Telling): void {
  const progress = beginning(cluster, story);
  const deeds = datedDeeds(story, progress.startedAt);
  for (let next = progress.nextStep; next < deeds.length; next++) {
    const dated = deeds[next];
    if (dated === undefined || dated.at > progress.endsAt) break;
    live(cluster, clock, dated.at);
    act(cluster, dated);
    saveProgress(cluster, { ...progress, nextStep: next + 1 });
  }
  live(cluster, clock, progress.endsAt);
  cluster.advance();
  saveProgress(cluster, { ...progress, nextStep: deeds.length });
}

/** A cluster that has not begun its story has lived no longer than this. */
function beginning(cluster: Cluster, story: Story): StoryProgress {
  const { story: known, now } = factsOf(cluster.model);
  return known ?? { startedAt: now, endsAt: now + story.days * DAY, nextStep: 0 };
}

export function isTold(cluster: Cluster, story: Story): boolean {
  const { story: progress } = factsOf(cluster.model);
  if (progress === null) return false;
  return progress.nextStep >= datedDeeds(story, progress.startedAt).length;
}

function saveProgress(cluster: Cluster, story: StoryProgress): void {
  const facts = factsOf(cluster.model);
  cluster.model.state.facts.put({ ...facts, now: cluster.clock.now(), story });
  cluster.save();
}

/** Moves the clock to `until`, through every commit of the workloads. */
function live(cluster: Cluster, clock: SteppedClock, until: Micros): void {
  for (;;) {
    const commitAt = cluster.workloads.nextAt() ?? Number.POSITIVE_INFINITY;
    const stop = commitAt >= until;
    clock.moveTo(stop ? until : commitAt);
    if (nextDueAt(cluster.model) <= clock.now()) cluster.advance();
    if (stop) return;
    cluster.workloads.commitDue();
  }
}

function act(cluster: Cluster, { at, deed }: DatedDeed): void {
  cluster.advance();
  try {
    doDeed(cluster, deed);
  } catch (error) {
    const when = new Date(at / 1000).toISOString();
    throw new Error(`the story stops at ${when}, at ${JSON.stringify(deed)}: ${String(error)}`, {
      cause: error,
    });
  }
}

function doDeed(cluster: Cluster, deed: StoryDeed): void {
  if ("sql" in deed) {
    const runner = cluster.as(deed.as);
    try {
      runner.run(deed.sql);
    } finally {
      runner.close();
    }
  } else if ("workload" in deed) {
    for (const [tenant, rate] of Object.entries(deed.workload)) setWorkload(cluster.model, tenant, rate);
  } else cluster.faults.strike(deed.fault);
}
