import type { ProblemBody, ProblemCode } from "../../src/domain/problem.ts";
import { useZone } from "../parts/time.tsx";
import { type Language, useSettings } from "../settings.tsx";
import { figuresZh } from "./problem-figures.ts";
import { problemsEn } from "./problems.en.ts";
import { problemsZh } from "./problems.zh.ts";

/**
 * Sentences with `{figures}` from the problem's `values`, the most telling first: the first whose figures all came is
 * said. None: the server's own sentence stands as it came.
 */
export interface ProblemSentences {
  readonly found: readonly string[];
  readonly remedy: readonly string[];
}

export type ProblemCatalogue = Readonly<Record<ProblemCode, ProblemSentences>>;

const CATALOGUES: Readonly<Record<Language, ProblemCatalogue>> = { "zh-CN": problemsZh, "en-US": problemsEn };

interface ProblemText {
  readonly found: string;
  readonly remedy: string;
}

/** A problem in the viewer's language and zone. */
export function useProblemText(): (problem: ProblemBody) => ProblemText {
  const { language } = useSettings();
  const zone = useZone();
  return (problem) => problemText(problem, { language, zone });
}

interface Viewer {
  readonly language: Language;
  readonly zone: string;
}

export function problemText(problem: ProblemBody, { language, zone }: Viewer): ProblemText {
  const sentences = CATALOGUES[language][problem.code];
  const figures = figuresZh(problem.values, zone);
  return {
    found: firstComplete(sentences.found, figures) ?? problem.found,
    remedy: firstComplete(sentences.remedy, figures) ?? problem.remedy,
  };
}

type Figures = Readonly<Record<string, string | undefined>>;

function firstComplete(sentences: readonly string[], figures: Figures): string | undefined {
  return sentences.map((sentence) => fill(sentence, figures)).find((filled) => filled !== undefined);
}

/** Undefined when a figure is missing. */
function fill(sentence: string, figures: Figures): string | undefined {
  let isComplete = true;
  const filled = sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const figure = figures[name];
    if (figure === undefined) isComplete = false;
    return figure ?? "";
  });
  return isComplete ? filled : undefined;
}
