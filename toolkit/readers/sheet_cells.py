"""Sheet cells: the cells of a workbook as text, printed as JSON by a process of its own.

The library that reads workbooks takes room for every cell between the first and the last that is filled, and ends the
whole process where that is not to be had: one stray cell in the far corner of a sheet is enough.
"""

import contextlib
import json
import sys
from datetime import date, datetime, time

MOST_MEMORY = 4 << 30


def write(value: object) -> str:
    """Return a cell as text: a date without a time where it is midnight, a whole number without a point."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def main(path: str) -> None:
    """Print the sheets of a workbook: a list of [name, rows], or a sentence saying why they cannot be read."""
    import python_calamine

    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system lets a process limit itself
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        sheets = []
        for sheet in book.sheets_metadata:
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
                rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                sheets.append([sheet.name, [list(map(write, row)) for row in rows]])
    except python_calamine.PasswordError:
        print(json.dumps("a workbook protected by a password"))
    except (python_calamine.CalamineError, OSError) as error:
        print(json.dumps(f"not a workbook that can be read: {error}"))
    else:
        print(json.dumps(sheets))


if __name__ == "__main__":
    main(sys.argv[1])
