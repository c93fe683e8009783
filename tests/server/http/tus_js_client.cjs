// Sends files with the unchanged tus-js-client to the server of tus_js_conformance_test.cpp.
// usage: node tus_js_client.cjs PORT; ends with 0 where every upload ended well.
'use strict'
const net = require('net')
const path = require('path')
const tus = require(path.join(__dirname, '../../../node_modules/tus-js-client'))

const port = Number(process.argv[2])

/** The bytes that the test computes as well. */
function content(size, seed) {
  const out = Buffer.alloc(size)
  for (let i = 0, x = seed; i < size; i++) {
    x = (x * 16807) % 2147483647
    out[i] = x % 251
  }
  return out
}

/** A way to the server that breaks after so many bytes, as often as `cuts` has entries. */
function shakyProxy(cuts) {
  return new Promise((resolve) => {
    const proxy = net.createServer((client) => {
      const server = net.connect(port, '127.0.0.1')
      let left = cuts.length > 0 ? cuts.shift() : Infinity
      const end = () => { client.destroy(); server.destroy() }
      client.on('data', (piece) => {
        left -= piece.length
        left < 0 ? end() : server.write(piece)
      })
      server.on('data', (piece) => client.write(piece))
      for (const socket of [client, server]) {
        socket.on('error', end)
        socket.on('close', end)
      }
    })
    proxy.listen(0, '127.0.0.1', () => resolve(proxy))
  })
}

function upload(name, bytes, options, onStart) {
  return new Promise((resolve, reject) => {
    const one = new tus.Upload(bytes, {
      endpoint: `https://127.0.0.1:${port}/v1/files`,
      // The certificate is self-signed on purpose; who checks keys is not this client's matter.
      httpStack: new tus.DefaultHttpStack({ rejectUnauthorized: false }),
      metadata: { name },
      retryDelays: null,
      onError: reject,
      onSuccess: () => resolve(one),
      ...options
    })
    if (onStart) onStart(one, resolve)
    one.start()
  })
}

async function main() {
  await upload('whole 试卷', content(300000, 1), {})
  await upload('chunked', content(1000000, 2), { chunkSize: 65536 })
  await upload('empty', content(0, 3), {})

  const paused = await upload('paused', content(2000000, 4), { chunkSize: 300000 }, (one, done) => {
    one.options.onChunkComplete = (size, accepted) => {
      if (accepted >= 600000) one.abort().then(() => done(one))
    }
  })
  await upload('paused', content(2000000, 4), { uploadUrl: paused.url })

  const proxy = await shakyProxy([900000, 400000, 500000])
  await upload('cut', content(3000000, 5), {
    endpoint: `https://127.0.0.1:${proxy.address().port}/v1/files`,
    retryDelays: [10, 20, 50, 100, 200]
  })
  proxy.close()

  const draft = { protocol: 'ietf-draft-05' }
  await upload('draft', content(700000, 6), draft)
  await upload('draft chunked', content(900000, 7), { ...draft, chunkSize: 65536 })
  const shaky = await shakyProxy([900000, 400000, 500000])
  await upload('draft cut', content(3000000, 8), {
    ...draft,
    endpoint: `https://127.0.0.1:${shaky.address().port}/v1/files`,
    retryDelays: [10, 20, 50, 100, 200]
  })
  shaky.close()

  const refused = await upload('too large', content(5000000, 9), {}).then(() => 0, (e) =>
    e.originalResponse ? e.originalResponse.getStatus() : -1)
  if (refused !== 413) throw new Error(`a file that is too large got ${refused}`)
}

main().then(() => process.exit(0), (error) => { console.error(String(error)); process.exit(1) })
