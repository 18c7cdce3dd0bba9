import { generateKeyPair, randomBytes, sign } from "node:crypto";
import { promisify } from "node:util";

/** Object identifiers, already in DER: ecdsa-with-SHA256 and commonName. */
const ECDSA_SHA256 = der(0x06, Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
const COMMON_NAME = der(0x06, Buffer.from([0x55, 0x04, 0x03]));
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
const VALID_DAYS = 3650;

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), body]);
  const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const utcTime = (at: Date) =>
  der(UTC_TIME, Buffer.from(`${at.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));

/** A new key and a certificate signed with it (X.509 v1, RFC 5280 without extensions), for a server nobody has to trust. */
export async function selfSigned(): Promise<{ readonly key: string; readonly cert: string }> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("ec", { namedCurve: "prime256v1" });
  const algorithm = der(SEQUENCE, ECDSA_SHA256);
  const name = der(
    SEQUENCE,
    der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from("OceanBase sandbox")))),
  );
  const serial = der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(8)]));
  const from = new Date(Date.now() - 86_400_000);
  const until = new Date(from.getTime() + VALID_DAYS * 86_400_000);
  const validity = der(SEQUENCE, utcTime(from), utcTime(until));
  const subjectKey = publicKey.export({ type: "spki", format: "der" });
  const body = der(SEQUENCE, serial, algorithm, name, validity, name, subjectKey);
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, privateKey));
  const cert = der(SEQUENCE, body, algorithm, signature);
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
  };
}
