import type { ProblemBody, ProblemCode } from "../../src/domain/problem.ts";
import { type Language, useSettings } from "../settings.tsx";
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

/** A problem in the viewer's language. */
export function useProblemText(): (problem: ProblemBody) => ProblemText {
  const { language } = useSettings();
  return (problem) => problemText(problem, language);
}

export function problemText(problem: ProblemBody, language: Language): ProblemText {
  const sentences = CATALOGUES[language][problem.code];
  return {
    found: firstComplete(sentences.found, problem.values) ?? problem.found,
    remedy: firstComplete(sentences.remedy, problem.values) ?? problem.remedy,
  };
}

function firstComplete(sentences: readonly string[], values: ProblemBody["values"]): string | undefined {
  return sentences.map((sentence) => fill(sentence, values)).find((filled) => filled !== undefined);
}

/** Undefined when a figure is missing. */
function fill(sentence: string, values: ProblemBody["values"]): string | undefined {
  let isComplete = true;
  const filled = sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === null) isComplete = false;
    return Array.isArray(value) ? value.join(", ") : String(value);
  });
  return isComplete ? filled : undefined;
}
