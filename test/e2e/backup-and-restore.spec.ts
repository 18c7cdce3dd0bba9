import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { createConnection, type RowDataPacket } from "mysql2/promise";

/** A backup ends within seconds, but only what the archive has covered is restorable, and it lags by about two minutes. */
const ARCHIVE_LAGS = 240_000;

function open(page: Page, path: string) {
  return page.goto(`${process.env.HOLDFAST_URL}${path}`);
}

test("a person finds a tenant in the list and reads to which instants it can be restored", async ({
  page,
}) => {
  await open(page, "/tenants");
  await expect(page.getByText(/^5 个租户：3 个可恢复/)).toBeVisible();
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "shop", exact: true }) });
  await expect(row.getByText("可恢复", { exact: true })).toBeVisible();
  await row.getByRole("link", { name: "shop", exact: true }).click();
  await page.getByRole("navigation", { name: "主菜单" }).getByRole("link", { name: "备份恢复" }).click();
  await expect(page).toHaveURL(/\/tenants\/prod\/shop\/backup/);
  await expect(page.getByRole("heading", { level: 1, name: "备份恢复" })).toBeVisible();
  const instant = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`;
  await expect(page.getByText(new RegExp(`^可恢复到 ${instant} 至 ${instant} 之间的任一时刻`))).toBeVisible();
  const timeline = page.getByRole("slider", { name: "时间轴" });
  await timeline.focus();
  await expect(timeline).toHaveAttribute("aria-valuetext", /可恢复/);
  await expect(page.getByRole("tab", { name: "数据备份任务 9" })).toBeVisible();
});

test("a tenant that was never backed up becomes restorable through the page alone", async ({ page }) => {
  test.setTimeout(400_000);
  await open(page, "/tenants/prod/hr/backup");
  await expect(page.getByRole("heading", { name: "hr 还没有任何备份，现在无法恢复" })).toBeVisible();

  await page.getByRole("button", { name: "设置", exact: true }).click();
  const destinations = page.getByRole("dialog");
  await destinations.getByLabel("数据备份目录").fill("file:///obbackup/prod/hr/data");
  await destinations.getByLabel("日志备份目录").fill("file:///obbackup/prod/hr/clog");
  await destinations.getByRole("button", { name: "设置存储目录" }).click();

  const steps = page.getByRole("listitem");
  const first = steps.filter({ hasText: "设置数据与日志的存储目录" });
  await expect(first).toContainText("已完成", { timeout: ARCHIVE_LAGS });
  const second = steps.filter({ hasText: "启动日志备份" });
  await second.getByRole("button", { name: "启动" }).click({ timeout: ARCHIVE_LAGS });
  await expect(second).toContainText("已完成", { timeout: ARCHIVE_LAGS });

  const backUp = page.getByRole("main").getByRole("button", { name: "立即备份", exact: true });
  await backUp.click({ timeout: ARCHIVE_LAGS });
  await page.getByRole("dialog").getByRole("button", { name: "立即备份", exact: true }).click();

  const task = page.getByRole("table", { name: "数据备份任务" }).getByRole("row").nth(1);
  await expect(task).toContainText("全量", { timeout: ARCHIVE_LAGS });
  await expect(task).toContainText("已完成", { timeout: ARCHIVE_LAGS });
  await expect(page.getByText(/^可恢复到 .* 之间的任一时刻/)).toBeVisible({ timeout: ARCHIVE_LAGS });
});

test("a person restores a tenant to the newest instant and the new tenant answers", async ({ page }) => {
  test.setTimeout(400_000);
  await open(page, "/tenants/prod/shop/backup");
  await page.getByRole("button", { name: "发起恢复" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "发起恢复" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "最新" })).toBeChecked();
  await expect(page.getByText(/^可恢复。使用备份集/)).toBeVisible();
  await page.getByRole("button", { name: "下一步：目标" }).click();

  await page.getByLabel("目标租户").fill("shop_again");
  await page.getByText("立即激活为主租户").click();
  await expect(page.getByRole("radio", { name: "立即激活为主租户" })).toBeChecked();
  await page.getByRole("button", { name: "下一步：计划" }).click();

  await expect(page.getByText("shop_again 未被占用，也不在恢复中")).toBeVisible();
  await page.getByRole("button", { name: "下一步：确认" }).click();
  await expect(page.getByRole("heading", { name: "恢复 shop 到新租户 shop_again？" })).toBeVisible();
  await page.getByRole("button", { name: "恢复", exact: true }).click();

  await expect(page).toHaveURL(/\/tenants\/prod\/shop\/operations\/.+/);
  await expect(page.getByRole("heading", { level: 1, name: "恢复 shop 到新租户 shop_again" })).toBeVisible();
  await expect(page.getByText("新租户 shop_again 已恢复")).toBeVisible({ timeout: 300_000 });
  await expect(page.getByRole("listitem").filter({ hasText: "激活为主租户" })).toContainText("已完成");

  // The source goes on taking orders: what both hold must be the same, and nothing may be there that it never had.
  const restored = await readLedger(page, "shop_again");
  const source = await readLedger(page, "shop");
  const common = [...restored.keys()].filter((seq) => source.has(seq));
  expect(common.length).toBeGreaterThan(0);
  expect(common.map((seq) => restored.get(seq))).toEqual(common.map((seq) => source.get(seq)));
  expect(Math.max(...restored.keys())).toBeLessThanOrEqual(Math.max(...source.keys()));
});

/** The checksum of each order, by its number; the ledger keeps the last few hundred. */
async function readLedger(page: Page, tenant: string): Promise<ReadonlyMap<number, string>> {
  const answer = await page.request.get(`${process.env.HOLDFAST_URL}/api/v1/clusters/prod`);
  const { host, port } = (await answer.json()) as { host: string; port: number };
  const connection = await createConnection({ host, port, user: `root@${tenant}` });
  try {
    const [rows] = await connection.query<RowDataPacket[]>("SELECT seq, checksum FROM shop.commit_ledger");
    return new Map(rows.map((row) => [Number(row.seq), String(row.checksum)]));
  } finally {
    await connection.end();
  }
}

const PLACES = [
  { path: "/tenants", part: "table", "zh-CN": "租户", "en-US": "Tenants" },
  { path: "/tenants/prod/shop/backup", part: "slider", "zh-CN": "备份恢复", "en-US": "Backup & Restore" },
  { path: "/tenants/prod/shop/restore", part: "slider", "zh-CN": "发起恢复", "en-US": "Initiate Restore" },
] as const;

for (const language of ["zh-CN", "en-US"] as const) {
  for (const place of PLACES) {
    test(`nothing on ${place.path} hinders a reader in ${language}`, async ({ page }) => {
      await page.addInitScript((chosen) => localStorage.setItem("holdfast.language", chosen), language);
      await open(page, place.path);
      await expect(page.getByRole("heading", { level: 1, name: place[language] })).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.getByRole("main").getByRole(place.part).first()).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.html) }))).toEqual([]);
    });
  }
}

test("on a telephone the backup page does not scroll sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "/tenants/prod/shop/backup");
  await expect(page.getByRole("slider", { name: "时间轴" })).toBeVisible();
  await expect(page.getByRole("tabpanel")).toContainText("已完成");
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});
