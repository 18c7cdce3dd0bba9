/** Wrong words on the command line: exit code 2, with what was found, what was expected and what to do. */
export class UsageError extends Error {
  readonly remedy: string;

  constructor(found: string, remedy: string) {
    super(found);
    this.name = "UsageError";
    this.remedy = remedy;
  }
}
