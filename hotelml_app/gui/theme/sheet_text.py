"""The text of the style sheet; ``$names`` are tokens.

There is no rule for every widget: the family, the size of body text and the colours of text and ground come with the
application's font and palette, because a rule that matches everything makes every change of theme slower. Windows has fonts
of its own for tables, menus and tips, which only a rule overrules.
"""

SHEET = """
QAbstractItemView, QMenu, QToolTip { font-family: "$family"; font-size: ${size_body}px; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 4px 8px; }

QLabel[role="sentence"] { font-size: ${size_sentence}px; font-weight: $weight_strong; }
QLabel[role="sentence"][narrow="true"] { font-size: ${size_sentence_narrow}px; }
QLabel[role="heading"] { font-size: ${size_heading}px; font-weight: $weight_strong; }
QLabel[role="figure"] { font-size: ${size_figure}px; font-weight: $weight_strong; }
QLabel[role="strong"] { font-weight: $weight_strong; }
QLabel[role="muted"] { color: $text_muted; }
QLabel[role="caption"] { font-size: ${size_caption}px; color: $text_muted; }
QLabel[role="urgent"] { color: $urgent; font-weight: $weight_strong; }
QLabel[role="event"] { font-size: ${size_caption}px; color: $risk_text; }

QLabel[role="icon"] { font-family: "$icon_family"; font-size: 16px; color: $text_muted; }
QLabel[role="icon"][tone="accent"] { color: $accent; }
QLabel[role="icon"][tone="risk"] { color: $risk_text; }
QLabel[role="icon"][tone="urgent"] { color: $urgent; }
QLabel[role="icon"][large="true"] { font-size: 36px; }

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[role="card"][current="true"] { border: 1px solid $accent; }
QFrame[role="well"] { background: $sunken; border: 1px dashed $line_strong; border-radius: ${radius}px; }
QFrame[role="well"][dropping="true"] { background: $accent_soft; border: 1px dashed $accent; }
QFrame[role="notice"] { background: $accent_soft; border: 1px solid $accent_line; border-radius: ${radius}px; }
QFrame[role="notice"][tone="urgent"] { background: $urgent_soft; border: 1px solid $urgent_line; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="skeleton"] { background: $track; border: none; border-radius: ${radius}px; }

QWidget#rail { background: $rail; border-right: 1px solid $line; }
QWidget#rail QLabel[role="brand"] { font-size: ${size_heading}px; font-weight: $weight_strong; }
QToolButton[role="page"] { text-align: left; border: 1px solid transparent; border-radius: ${radius}px; padding: 0 10px;
    min-height: 34px; color: $text_muted; }
QToolButton[role="page"]::menu-indicator { image: none; }
QToolButton[role="page"]:hover { background: $hover; color: $text; }
QToolButton[role="page"]:checked { background: $surface; color: $text; border-color: $line; font-weight: $weight_strong; }
QToolButton[role="page"]:focus { border: 2px solid $accent; padding: 0 9px; min-height: 32px; }

QPushButton { background: $surface; border: 1px solid $line_strong; border-radius: ${radius_small}px; padding: 0 12px;
    min-height: 26px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $track; }
QPushButton:disabled { color: $text_disabled; border-color: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: 24px; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: $weight_strong; }
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:disabled { background: $track; color: $text_disabled; border-color: $line; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent; color: $accent; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:disabled { color: $text_disabled; }
QPushButton[role="quiet"]:focus { border: 2px solid $accent; }
QPushButton[role="segment"] { border-radius: 0; border-color: $line_strong; border-right-width: 0; padding: 0 12px; }
QPushButton[role="segment"][end="first"] {
    border-top-left-radius: ${radius_small}px; border-bottom-left-radius: ${radius_small}px; }
QPushButton[role="segment"][end="last"] { border-right-width: 1px; border-top-right-radius: ${radius_small}px;
    border-bottom-right-radius: ${radius_small}px; }
QPushButton[role="segment"]:checked { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: $weight_strong; }
QPushButton[role="segment"]:focus { border: 2px solid $text; padding: 0 11px; }

QLineEdit, QSpinBox, QDoubleSpinBox, QDateTimeEdit, QComboBox { background: $surface; border: 1px solid $line_strong;
    border-radius: ${radius_small}px; padding: 0 8px; min-height: 26px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateTimeEdit:focus, QComboBox:focus {
    border: 2px solid $accent; padding: 0 7px; min-height: 24px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QDateTimeEdit:disabled, QComboBox:disabled {
    color: $text_disabled; border-color: $line; background: $sunken; }
QPlainTextEdit { background: $surface; border: 1px solid $line_strong; border-radius: ${radius_small}px; padding: 4px;
    selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit:focus { border: 2px solid $accent; padding: 3px; }
QLineEdit[bad="true"] { border: 2px solid $urgent; }
QComboBox::drop-down, QDateTimeEdit[calendarPopup="true"]::drop-down { border: none; width: 24px; }
QComboBox::down-arrow, QDateTimeEdit[calendarPopup="true"]::down-arrow {
    image: url("$icons/caret-down-$shade.png"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; outline: 0; padding: 4px;
    selection-background-color: $accent; selection-color: $on_accent; }
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit, QDateTimeEdit QLineEdit {
    border: none; background: transparent; padding: 0 6px; min-height: 0; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button,
QDateTimeEdit::up-button, QDateTimeEdit::down-button { width: 0; border: none; }
QCheckBox { spacing: 8px; min-height: 24px; }
QCheckBox::indicator, QTableView::indicator {
    width: 16px; height: 16px; border: 1px solid $line_strong; border-radius: 3px; background: $surface; }
QCheckBox::indicator:checked, QTableView::indicator:checked { background: $accent; border-color: $accent;
    image: url("$icons/check-$shade.png"); }
QCheckBox:focus { color: $accent; }
QCheckBox::indicator:focus { border: 2px solid $accent; }

QTableView { background: $surface; alternate-background-color: $surface; border: 1px solid $line; border-radius: ${radius}px;
    gridline-color: $line; outline: 0; selection-background-color: $accent_soft; selection-color: $text; }
QListWidget[role="stories"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; outline: 0; }
QListWidget[role="stories"]:focus { border: 1px solid $accent; }
QFrame[role="card"]:focus { border: 2px solid $accent; }
QTableView:focus { border: 1px solid $accent; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid $track; }
QTableView::item:hover { background: $hover; }
QCalendarWidget QTableView { border-radius: 0; }
QCalendarWidget QTableView::item { padding: 0; border: none; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $surface; border-top-left-radius: ${radius}px; border-top-right-radius: ${radius}px; }
QHeaderView::section { background: $surface; color: $text_muted; font-size: ${size_caption}px; border: none;
    border-bottom: 1px solid $line; padding: 0 11px; min-height: 32px; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $surface; border: none; }

QProgressBar { background: $track; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QWidget#rail QProgressBar { background: $line; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QScrollArea { border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $line; border-radius: 4px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $line_strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: ${radius_small}px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
"""
