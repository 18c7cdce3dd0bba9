export const quoteBackticks = (name: string) => `\`${name.replaceAll("`", "``")}\``;
