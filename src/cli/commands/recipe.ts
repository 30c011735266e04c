import type { Command } from 'commander'
import { loadRecipes } from '../../visit/recipe/load.ts'
import { allRecipes, tryRecipe } from '../../visit/recipe/try.ts'
import { both, print, printJson, say } from '../output.ts'
import { plain } from '../session.ts'
import { table } from '../text/table.ts'

/** recipe test|list: what an operator records of sites whose functions are not found by themselves. */
export function recipeCommands(program: Command): void {
  const recipe = program.command('recipe').description('recipes for sites whose functions are not found 网站配方')

  recipe
    .command('test')
    .description('what a recipe finds on a page; registers and keeps nothing 试用配方')
    .argument('<recipe>', 'a file, or the id of a recipe that is known')
    .argument('<address>', 'the page to try it on')
    .option('--word <text>', 'ask the site’s search for this as the recipe says, and read the results 试搜索')
    .action(plain<{ word?: string }>(async ({ config, clock, log, json }, { word }, [which = '', address = '']) => {
      const found = await tryRecipe({ recipe: which, address, config, clock, log, ...(word === undefined ? {} : { word }) })
      if (json) return printJson(found)
      for (const [i, list] of found.lists.entries()) {
        await say(both({ zh: `列表${i + 1}:匹配 ${list.rows} 行,读出 ${list.items.length} 条`, en: `list ${i + 1}: ${list.rows} rows, ${list.items.length} read` }))
        await print(table(['日期 date', '标题 title', '网址 url'], list.items.slice(0, 20).map((r) => [r.date ?? '–', r.title, r.url ?? '–'])))
      }
      if (found.results !== null) await print(table(['结果 result', '网址 url'], found.results.slice(0, 20).map((r) => [r.title, r.url ?? '–'])))
      if (found.letters !== null) await print(table(['来信 asked', '答复 answered', '标题 title', '单位 unit'], found.letters.slice(0, 20).map((r) => [r.askedOn ?? '–', r.answeredOn ?? '–', r.title, r.unit ?? '–'])))
      await say(both(found.finds ? { zh: '配方有效', en: 'the recipe finds something' } : { zh: '配方在该页未找到任何内容', en: 'the recipe finds nothing on this page' }))
      if (!found.fits) await say(both({ zh: '注意:按 fits 的网址或标记,该页不会自动使用此配方', en: 'note: by its hosts and marks this recipe would not be taken for that page' }))
    }))

  recipe
    .command('list')
    .description('every recipe, in the order in which they are tried 全部配方')
    .action(plain(async ({ config, json }) => {
      const own = loadRecipes(config.recipes)
      const rows = allRecipes(own).map((r, i) => ({ id: r.id, name: r.name, from: i < own.length ? 'folder' : 'built-in', hosts: r.fits.hosts, marks: r.fits.marks, parts: [...(r.lists.length > 0 ? ['lists'] : []), ...(r.search === null ? [] : ['search']), ...(r.mailbox === null ? [] : ['mailbox'])] }))
      if (json) return printJson(rows)
      await print(table(['编号 id', '名称 name', '来源 from', '适用 fits', '内容 parts'], rows.map((r) => [r.id, r.name, r.from, [...r.hosts, ...r.marks].join(' '), r.parts.join(' ')])))
    }))
}
