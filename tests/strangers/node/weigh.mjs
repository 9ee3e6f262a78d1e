// Says of each text of a JSON list on its input what twitter-text makes of it: weight, validity, addresses, and whether
// it stands by its addresses: now and then it gives one at a place where another text is.
import { text } from 'node:stream/consumers'
import twitter from 'twitter-text'

const told = JSON.parse(await text(process.stdin)).map((one) => {
  const { weightedLength, valid } = twitter.parseTweet(one)
  const composed = one.normalize()
  const found = twitter.extractUrlsWithIndices(composed)
  const stands = found.every(({ url, indices }) => composed.slice(...indices) === url)
  return [weightedLength, valid, found.map(({ url }) => url), stands]
})
process.stdout.write(JSON.stringify(told))
