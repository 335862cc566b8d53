"""The list that Eight writes."""

HEAD = (
    "会社名", "部署名", "役職", "氏名", "e-mail", "郵便番号", "住所", "TEL会社", "TEL部門", "TEL直通", "Fax", "携帯電話", "URL", "名刺交換日",
)  # fmt: skip
