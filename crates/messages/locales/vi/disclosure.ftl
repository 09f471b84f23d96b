# Bảo vệ số liệu nhỏ trên các trang công khai.

withheld-mark = •
withheld-label = được bảo vệ
withheld-explained = Số liệu này được bảo vệ: số người được tính, hoặc số người còn lại, dưới { $threshold }, hoặc có thể suy ra một số như vậy từ số này.
withheld-note = Dấu • là số liệu được bảo vệ. Trang công khai không nêu số người dưới { $threshold } của một đơn vị, và không nêu những số mà từ đó có thể tính ra.
withheld-difference = Có thay đổi; số liệu được bảo vệ.
audience-public = Bản công khai
audience-reviewer = Bản dành cho người kiểm tra: có đủ số liệu, không phổ biến
