/* Tries numbers until one gives a key that begins as asked for: altcha's proof of work, second version, PBKDF2. */

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function derive(password, { salt, cost, keyLength }) {
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  return hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
}

onmessage = async ({ data: parameters }) => {
  const nonce = bytes(parameters.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const number = new DataView(password.buffer, nonce.length);
  for (let counter = 0; ; counter += 1) {
    number.setUint32(0, counter);
    const derivedKey = await derive(password, parameters);
    if (derivedKey.startsWith(parameters.keyPrefix)) {
      postMessage({ counter, derivedKey });
      return;
    }
  }
};
