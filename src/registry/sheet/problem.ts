import { HuoshuiError } from '../../domain/error.ts'

/** Why a file cannot be read as a ledger, each with what to do about it. */
const PROBLEMS = {
  xls: ['这是旧版 .xls 工作簿(或其他非 .xlsx 格式),请在 Excel 或 WPS 中“另存为” .xlsx 后再导入', 'This is an old .xls workbook (or another format that is not .xlsx): save it as .xlsx in Excel or WPS and import that'],
  encrypted: ['工作簿设有打开密码,请取消密码后再导入', 'The workbook is protected by a password: remove it and import again'],
  html: ['文件内容是网页(HTML),不是工作簿,请在 Excel 或 WPS 中打开并“另存为” .xlsx 后再导入', 'The file is a web page, not a workbook: open it in Excel or WPS, save it as .xlsx and import that'],
  damaged: ['工作簿已损坏,无法读取({detail});请在 Excel 或 WPS 中打开并另存后再导入', 'The workbook is damaged ({detail}): open it in Excel or WPS, save it and import again'],
  not_workbook: ['压缩包内没有工作簿,请提供 .xlsx 或 .csv 文件', 'The archive holds no workbook: give an .xlsx or .csv file'],
  too_large: ['文件过大({detail}),请拆分后再导入', 'The file is too large ({detail}): split it and import the parts'],
  empty: ['文件是空的', 'The file is empty'],
  binary: ['文件既不是工作簿也不是文本,请提供 .xlsx 或 .csv 文件', 'The file is neither a workbook nor text: give an .xlsx or .csv file'],
} as const

export type SheetProblem = keyof typeof PROBLEMS

export function sheetError(problem: SheetProblem, detail = '', cause?: unknown): HuoshuiError {
  const [zh, en] = PROBLEMS[problem]
  return new HuoshuiError('bad_input', { zh: zh.replace('{detail}', detail), en: en.replace('{detail}', detail) }, { cause })
}
