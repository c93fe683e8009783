// The core of the public check page, outside of a browser.
// usage: node check_page.cjs CHECK.HTML FOLDER SHORT-CODE LOG-KEY [ed25519vectors.json]
'use strict'
const assert = require('assert')
const fs = require('fs')
const path = require('path')
const { generateKeyPairSync, sign, webcrypto } = require('crypto')

if (!globalThis.crypto) globalThis.crypto = webcrypto
const [page, folder, code, logKey, vectors] = process.argv.slice(2)
const source = /<script id="core">([\s\S]*?)<\/script>/.exec(fs.readFileSync(page, 'utf8'))[1]
const part = { exports: {} }
new Function('module', source)(part)
const core = part.exports

const bytesOf = (name) => new Uint8Array(fs.readFileSync(path.join(folder, name)))

async function run(read) {
  const said = []
  await core.checkFolder(read, (verdict, id, file) => said.push({ verdict, id, file }))
  return said
}

async function signatures() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(12))
  const message = new TextEncoder().encode('a package')
  const made = new Uint8Array(sign(null, message, privateKey))
  assert(await core.verifySignature(key, message, made))
  made[3] ^= 1
  assert(!await core.verifySignature(key, message, made))
  if (!vectors) return
  const cases = JSON.parse(fs.readFileSync(vectors, 'utf8'))
  let accepted = 0
  for (const { key, sig, msg } of cases) {
    const right = await core.verifySignature(core.unhex(key), new TextEncoder().encode(msg), core.unhex(sig))
      .catch(() => false)
    accepted += right ? 1 : 0
  }
  assert.strictEqual(accepted, 0, `${accepted} of ${cases.length} adversarial signatures were accepted`)
}

async function receipts() {
  const log = await core.parseLogKey(logKey)
  const receipt = new TextDecoder().decode(bytesOf('receipt.txt'))
  const { payload } = core.parseEnvelope(bytesOf('package.dsse.json'))
  const logged = await core.verifyReceipt(receipt, payload, log)
  assert(logged.index < logged.size)
  assert.strictEqual(core.shortCode(await core.sha256(payload)), code)
  const other = payload.slice()
  other[5] ^= 1
  await assert.rejects(core.verifyReceipt(receipt, other, log))
  await assert.rejects(core.parseLogKey(logKey.slice(0, -4) + 'AAA='))
}

async function folders() {
  const read = async (name) => fs.existsSync(path.join(folder, name)) ? bytesOf(name) : null
  const whole = await run(read)
  assert(whole.every(({ verdict }) => verdict !== 'bad'), JSON.stringify(whole))
  assert(whole.filter(({ verdict }) => verdict === 'good').length >= 6)
  const names = ['keys/list.dsse.json', 'keys/rows.json', 'manifest.dsse.json', 'package.dsse.json',
    'package.age', 'receipt.txt']
  let seed = 20261123
  const random = (below) => (seed = seed * 16807 % 2147483647) % below
  for (const name of names) {
    for (let round = 0; round < 8; round++) {
      const bad = bytesOf(name)
      const at = random(bad.length)
      bad[at] ^= 1 << random(8)
      const said = await run(async (asked) => asked === name ? bad : read(asked))
      const first = said.find(({ verdict }) => verdict === 'bad')
      // A signature of somebody else in an envelope is nobody's to check here, so a keyid may change.
      const keyid = /"keyid":"[^"]*$/.test(Buffer.from(bad.slice(0, at + 1)).toString('latin1').slice(-80))
      assert(keyid || (first && first.file === name), `${name} at ${at}: ${JSON.stringify(said)}`)
    }
    const gone = await run(async (asked) => asked === name ? null : read(asked))
    assert.strictEqual(gone.find(({ verdict }) => verdict === 'bad').file, name)
  }
}

signatures().then(receipts).then(folders)
  .then(() => process.exit(0), (error) => { console.error(error); process.exit(1) })
