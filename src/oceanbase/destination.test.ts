import { assert, constantFrom, property, stringMatching } from "fast-check";
import { expect, test } from "vitest";
import { Problem } from "../domain/problem.ts";
import { archiveDestinationValue, destinationUri, maskSecrets, parseDestination } from "./destination.ts";

const OSS = "oss://bucket/dir?host=oss-cn.aliyuncs.com&access_id=ID-1&access_key=KEY/1==&delete_mode=delete";

test("a destination is taken apart and put together again without change", () => {
  const uris = [
    "file:///backup/data",
    OSS,
    "cos://b-1250000000/d?host=cos.ap.myqcloud.com&access_id=a&access_key=b&appid=125",
    "s3://b/d?host=h&access_id=a&access_key=b&s3_region=r&addressing_model=path_style",
  ];
  for (const uri of uris) expect(destinationUri(parseDestination(uri))).toBe(uri);
  expect(parseDestination(OSS)).toEqual({
    medium: "oss",
    location: "bucket/dir",
    parameters: [
      ["host", "oss-cn.aliyuncs.com"],
      ["access_id", "ID-1"],
      ["access_key", "KEY/1=="],
      ["delete_mode", "delete"],
    ],
  });
});

test.each([
  ["/backup/data", "no prefix"],
  ["nfs:///backup/data", "a prefix that only the documents use"],
  ["file://backup/data", "a path below the observer's own directory, which OceanBase accepts"],
  ["file:///backup/da?ta", "a question mark, at which OceanBase cuts"],
  ["file:///backup/d'x", "a quote, which OceanBase pastes into an inner statement"],
  ["file:///backup/d\\x", "a backslash, which OceanBase drops"],
  ["file:///backup/d x", "a blank, which ends the value in LOG_ARCHIVE_DEST"],
  ["file:///a,file:///b", "a comma, which parts the paths of a restore"],
  ["oss://b/d?host=h&access_id=a&encrypt_key=00", "a key in its stored form"],
  ["file://", "no path"],
])("%s is refused: %s", (uri) => {
  expect(() => parseDestination(uri)).toThrow(Problem);
  expect(() => parseDestination(uri)).toThrow(/^destination-refused/);
});

test("a refused destination is told without its secrets", () => {
  const told = refusalOf(() => parseDestination(`${OSS}&x=' '`));
  expect(told).not.toMatch(/ID-1|KEY/);
  expect(told).toContain("access_key=******");
});

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Problem ? `${error.message} ${JSON.stringify(error.body)}` : String(error);
  }
  return "not refused";
}

test("the archive destination names all of its items, since every SET replaces them all", () => {
  expect(archiveDestinationValue("file:///backup/log")).toBe(
    "LOCATION=file:///backup/log BINDING=Optional PIECE_SWITCH_INTERVAL=1d",
  );
});

test("no secret survives masking, wherever its destination stands in a text", () => {
  const secret = stringMatching(/^[A-Za-z0-9/+=]{8,40}$/);
  assert(
    property(constantFrom("access_id", "access_key", "encrypt_key", "ACCESS_KEY"), secret, (key, value) => {
      const text = `cannot write oss://b/d?host=h&${key}=${value}&delete_mode=tagging, result: -9003(OSS error)`;
      const masked = maskSecrets(text);
      expect(masked).not.toContain(`=${value}&`);
      expect(masked).toContain("&delete_mode=tagging, result: -9003(OSS error)");
    }),
  );
});
