// The code that an authenticator would show: TOTP of RFC 6238, SHA-1, six digits, 30 seconds.
import { createHmac } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The code of a secret in base32 (spaces ignored) at a time in milliseconds. */
export function totp(secret, at = Date.now()) {
  const letters = secret.toUpperCase().replace(/[^A-Z2-7]/g, "");
  const bits = [...letters].map((c) => LETTERS.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = mac[19] & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
